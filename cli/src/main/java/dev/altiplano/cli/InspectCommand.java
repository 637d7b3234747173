package dev.altiplano.cli;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.Tensor;
import dev.altiplano.model.LlamaModel;
import dev.altiplano.model.file.ModelFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altiplano inspect}: what a model file holds, whatever its architecture. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Shows metadata and tensors of a GGUF file, a safetensors file or a folder.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano inspect model.gguf",
            "  altiplano inspect model.gguf --json",
            "  altiplano inspect model.gguf --tensor output_norm.weight",
            "  altiplano inspect model.gguf --tensor token_embd.weight --out values.safetensors",
            "  altiplano inspect model.gguf --trace \"The capital of France is\""
        })
final class InspectCommand implements Runnable {
    @Parameters(paramLabel = "MODEL", description = "A file or folder, or a name in the store.")
    private String model;

    @Option(names = "--json", description = "For programs; shapes are outermost first.")
    private boolean json;

    @Option(
            names = "--tensor",
            paramLabel = "NAME",
            description = "Only this tensor, with figures of its values. May be repeated.")
    private List<String> names = List.of();

    @Option(
            names = "--out",
            paramLabel = "F.safetensors",
            description = "Writes the values of the tensors named, decoded to F32.")
    private @Nullable Path out;

    @Option(
            names = "--trace",
            paramLabel = "PROMPT",
            description =
                    "Computes the prompt: norm, mean, least and largest of each layer's output.")
    private @Nullable String trace;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        Path target = out;
        if (target != null && names.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--out needs at least one --tensor NAME");
        }
        PrintWriter stdout = spec.commandLine().getOut();
        Path path = Models.resolve(model, spec.commandLine().getErr());
        if (trace != null) {
            showTrace(path, trace, stdout);
            return;
        }
        try (ModelFile file = ModelFile.open(path)) {
            file.reading(
                    () -> {
                        if (target != null) {
                            TensorExport.write(file, tensors(file), target, stdout);
                        } else if (names.isEmpty()) {
                            showModel(file, stdout);
                        } else {
                            showTensors(file, stdout);
                        }
                        return target;
                    });
        }
        stdout.flush();
    }

    private void showTrace(Path path, String prompt, PrintWriter stdout) {
        try (LlamaModel opened = LlamaModel.open(path)) {
            ModelTrace found = ModelTrace.of(opened, prompt);
            if (json) {
                stdout.println(found.toJson().toPrettyString());
            } else {
                found.print(stdout);
            }
        }
        stdout.flush();
    }

    private void showModel(ModelFile file, PrintWriter stdout) {
        if (json) {
            stdout.println(InspectJson.model(file).toPrettyString());
        } else {
            InspectTables.printModel(file, stdout);
        }
    }

    private void showTensors(ModelFile file, PrintWriter stdout) {
        if (json) {
            stdout.println(InspectJson.tensors(tensors(file)).toPrettyString());
        } else {
            InspectTables.printValues(tensors(file), stdout);
        }
    }

    private List<Tensor> tensors(ModelFile file) {
        Set<String> distinct = new LinkedHashSet<>(names);
        return distinct.stream().map(name -> tensor(file, name)).toList();
    }

    private static Tensor tensor(ModelFile file, String name) {
        return file.find(name)
                .orElseThrow(
                        () -> {
                            List<String> names = file.tensors().stream().map(Tensor::name).toList();
                            return new AltiplanoException(
                                    "%s: expected a tensor '%s', found none of that name among %d. The nearest: %s."
                                            .formatted(
                                                    file.path().getFileName(),
                                                    name,
                                                    names.size(),
                                                    String.join(
                                                            ", ", NearestNames.of(name, names))));
                        });
    }
}
