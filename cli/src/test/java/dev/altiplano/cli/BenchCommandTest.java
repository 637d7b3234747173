package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BenchCommandTest {
    private static final String SHAPE = "width=64,layers=1,heads=4/2,ffn=64,vocab=320,type=Q4_0";

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsOneRowForEachTest() {
        assertThat(bench("--synthetic", SHAPE, "-p", "8,4", "-n", "2", "-r", "1")).isZero();

        assertThat(out.toString())
                .containsPattern("pp8 +[0-9.]+ ± 0.00")
                .contains("pp4", "tg2", "Q4_0", "read GB/s");
    }

    @Test
    void printsTheNamesOfLlamaBenchAsJson() {
        Path model = folder.resolve("tiny.gguf");
        StartupModel.write(model);

        assertThat(bench(model.toString(), "-p", "8", "-n", "2", "-t", "1", "-r", "2", "--json"))
                .isZero();

        JsonNode results = JsonMapper.shared().readTree(out.toString());
        assertThat(results.size()).isEqualTo(2);
        JsonNode prompt = results.get(0);
        assertThat(prompt.propertyNames())
                .contains(
                        "build_commit",
                        "cpu_info",
                        "backends",
                        "type_k",
                        "model_filename",
                        "model_type",
                        "model_size",
                        "model_n_params",
                        "n_batch",
                        "n_ubatch",
                        "n_threads",
                        "n_prompt",
                        "n_gen",
                        "n_depth",
                        "test_time",
                        "avg_ns",
                        "stddev_ns",
                        "avg_ts",
                        "stddev_ts",
                        "samples_ns",
                        "samples_ts",
                        "kernel_tier",
                        "read_gb_per_s");
        assertThat(prompt.get("n_prompt").asInt()).isEqualTo(8);
        assertThat(prompt.get("n_gen").asInt()).isZero();
        assertThat(prompt.get("n_threads").asInt()).isEqualTo(1);
        assertThat(prompt.get("samples_ts").size()).isEqualTo(2);
        assertThat(results.get(1).get("n_gen").asInt()).isEqualTo(2);
        assertThat(results.get(1).get("model_filename").asString()).isEqualTo(model.toString());
    }

    @Test
    void measuresEveryDepthAndNumberOfThreads() {
        assertThat(
                        bench(
                                "--synthetic",
                                SHAPE,
                                "-p",
                                "0",
                                "-n",
                                "2",
                                "-pg",
                                "4,2",
                                "-d",
                                "0,8",
                                "-t",
                                "1,2",
                                "-r",
                                "1",
                                "-o",
                                "jsonl"))
                .isZero();

        List<JsonNode> lines =
                out.toString().lines().map(line -> JsonMapper.shared().readTree(line)).toList();
        assertThat(lines)
                .extracting(
                        line -> line.get("n_threads").asInt(),
                        line -> line.get("n_depth").asInt(),
                        line -> line.get("n_prompt").asInt(),
                        line -> line.get("n_gen").asInt())
                .containsExactly(
                        tuple(1, 0, 0, 2),
                        tuple(1, 0, 4, 2),
                        tuple(1, 8, 0, 2),
                        tuple(1, 8, 4, 2),
                        tuple(2, 0, 0, 2),
                        tuple(2, 0, 4, 2),
                        tuple(2, 8, 0, 2),
                        tuple(2, 8, 4, 2));
    }

    @Test
    void writesMarkdown() {
        assertThat(
                        bench(
                                "--synthetic",
                                SHAPE,
                                "-p",
                                "4",
                                "-n",
                                "0",
                                "-d",
                                "8",
                                "-r",
                                "1",
                                "-o",
                                "md"))
                .isZero();

        assertThat(out.toString().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("| ") && line.endsWith(" |"))
                .anyMatch(line -> line.contains("| pp4 @ d8 |"));
    }

    @Test
    void writesOneLineOfCsvForEachTest() {
        assertThat(bench("--synthetic", SHAPE, "-p", "4", "-n", "1", "-r", "1", "-o", "csv"))
                .isZero();

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst()).startsWith("build_commit,").doesNotContain("samples");
        assertThat(lines.getLast()).contains('"' + SHAPE + '"').startsWith("\"").endsWith("\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    -pg 512          | -pg: expected two numbers such as 512,128, found '512'
                    -p -1            | -p: expected 1 to 16777216 tokens to time, found -1 to read
                    -n 99999999      | -n: expected 1 to 16777216 tokens to time
                    -d -1            | -d: depth: expected 0 to 16777216 tokens, found -1
                    -t 0,1           | threads: expected 1 to 1024, found 0
                    -o sql           | expected one of
                    --kv-type q4_0   | KV cache type: expected f32, f16 or q8_0, found 'q4_0'
                    """)
    void refusesWhatCannotBeMeasured(String arguments, String message) {
        List<String> all = new ArrayList<>(List.of("--synthetic", SHAPE));
        all.addAll(List.of(arguments.split(" ")));

        assertThat(bench(all.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void takesTheTierThatIsAskedFor() {
        assertThat(bench("--synthetic", SHAPE, "-p", "0", "-n", "1", "--tier", "scalar")).isZero();

        assertThat(out.toString()).contains("scalar").doesNotContain("vector");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"f32", "f16", "q8_0"})
    void saysHowTheCacheStoresKeysAndValues(String type) {
        assertThat(bench("--synthetic", SHAPE, "-p", "4", "-n", "0", "--kv-type", type, "--json"))
                .isZero();

        JsonNode result = JsonMapper.shared().readTree(out.toString()).get(0);
        assertThat(result.get("type_k").asString()).isEqualTo(type);
        assertThat(result.get("type_v").asString()).isEqualTo(type);
    }

    @Test
    void refusesAShapeThatDoesNotFitIntoMemory() {
        String shape = "width=65536,layers=512,heads=64,ffn=131072,vocab=128000,type=F32";

        assertThat(bench("--synthetic", shape)).isEqualTo(2);

        assertThat(err.toString()).contains("synthetic model: expected at most", "of free memory");
    }

    @Test
    void refusesToMeasureNothing() {
        assertThat(bench("--synthetic", SHAPE, "-p", "0", "-n", "0")).isEqualTo(2);

        assertThat(err.toString()).contains("expected something to measure");
    }

    @Test
    void asksForAModelOrAShape() {
        assertThat(bench()).isEqualTo(2);

        assertThat(err.toString()).contains("expected one of MODEL or --synthetic");
    }

    private int bench(String... arguments) {
        List<String> all = new ArrayList<>(List.of("bench", "--warm-up", "0"));
        all.addAll(List.of(arguments));
        CommandLine commandLine = Altiplano.commandLine();
        commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return commandLine.execute(all.toArray(String[]::new));
    }
}
