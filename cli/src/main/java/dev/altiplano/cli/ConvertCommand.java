package dev.altiplano.cli;

import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.convert.HfToGguf;
import dev.altiplano.model.file.SafetensorsFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altiplano convert}: a GGUF file out of a folder of safetensors. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description = "Writes a folder of safetensors (Llama 2, 3 or 4) as one GGUF file.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano convert Llama-3.2-1B-Instruct llama-3.2-1b.gguf",
            "  altiplano convert Llama-3.2-1B-Instruct llama-3.2-1b-f16.gguf --type f16",
            "",
            "Make it smaller afterwards with altiplano quantize."
        })
final class ConvertCommand implements Runnable {
    /** What matrices can be stored as without blocks. */
    enum Type {
        F32(TensorFormat.F32),
        F16(TensorFormat.F16),
        BF16(TensorFormat.BF16);

        private final TensorFormat format;

        Type(TensorFormat format) {
            this.format = format;
        }
    }

    @Parameters(paramLabel = "DIR", description = "Folder with config.json and safetensors.")
    private Path folder;

    @Parameters(paramLabel = "OUT.gguf", description = "The file to write.")
    private Path output;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description =
                    "Format of the matrices: ${COMPLETION-CANDIDATES}; their own unless given.")
    private @Nullable Type type;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (SafetensorsFolder source = SafetensorsFolder.open(folder)) {
            HfToGguf converter =
                    new HfToGguf(source, Optional.ofNullable(type).map(wanted -> wanted.format));
            long totalBytes = converter.tensorBytes();
            try (ProgressBar bar = new ProgressBar(err, "convert", 0, totalBytes, Units::bytes)) {
                converter.write(output, bar::update);
            }
            out.printf("%s: %s of tensors%n", output, Units.bytes(totalBytes));
            out.flush();
        }
    }
}
