package dev.altiplano.cli.plan;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One start of {@code altiplano plan}. */
record PlanRun(int exitCode, String out, String err) {
    private static final String[] LLAMA_3 = {
        "--set", "model=llama-3.1-405b",
        "--set", "training.tokens=15.6T",
        "--set", "cluster.accelerator=h100-sxm",
        "--set", "cluster.gpus=16384",
    };

    static PlanRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine program = new CommandLine(new PlanCommand());
        program.setCaseInsensitiveEnumValuesAllowed(true);
        program.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new PlanRun(program.execute(arguments), out.toString(), err.toString());
    }

    /** Llama 3.1 405B on 16,384 H100, from the command line alone. */
    static PlanRun llama3(String verb, String... more) {
        return of(
                Stream.of(Stream.of(verb), Stream.of(LLAMA_3), Stream.of(more))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }
}
