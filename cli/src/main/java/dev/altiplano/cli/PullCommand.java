package dev.altiplano.cli;

import dev.altiplano.cli.hub.DefaultModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altiplano pull}: a model from the hub into the store. */
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        description = "Fetches a model from the Hugging Face hub; goes on where it stopped.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano pull                                             the default model",
            "  altiplano pull bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M",
            "  HF_TOKEN=... altiplano pull meta-llama/Llama-3.2-1B-Instruct",
            "",
            "ALTIPLANO_HUB names another hub. Models go to ALTIPLANO_HOME (~/.altiplano)."
        })
final class PullCommand implements Runnable {
    @Parameters(
            paramLabel = "NAME",
            defaultValue = DefaultModel.NAME,
            description = "owner/repository[:variant], or ${DEFAULT-VALUE}.")
    private String name;

    @Option(names = "--json", description = "For programs: name, path and size.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Path path = Models.puller(spec.commandLine().getErr()).pull(name);
        out.println(json ? ModelsCommand.toJson(Models.stored(path)).toPrettyString() : path);
        out.flush();
    }
}
