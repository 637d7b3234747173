package dev.altiplano.cli;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.Shape;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.LlamaModel;
import dev.altiplano.model.file.SafetensorsWriter;
import dev.altiplano.model.llama.Batch;
import dev.altiplano.model.llama.Batch.LogitsFor;
import dev.altiplano.model.llama.KvCache;
import dev.altiplano.model.llama.KvSequence;
import dev.altiplano.model.llama.Logits;
import dev.altiplano.model.llama.Transformer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altiplano logits}: what a model computes for given tokens, to compare engines. */
@Command(
        name = "logits",
        mixinStandardHelpOptions = true,
        description = "Computes the logits of tokens, with or without a tokenizer.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano logits model.gguf --tokens 1,2,3",
            "  altiplano logits folder --tokens-file ids.txt --out logits.safetensors --tier scalar",
            "",
            "The file holds 'logits', [tokens, vocabulary] F32.",
        })
final class LogitsCommand implements Runnable {
    private static final int STEP_TOKENS = 64;
    private static final long FILE_BYTES_MAX = 64 << 20;

    @Parameters(paramLabel = "MODEL", description = "GGUF file, folder or pulled name.")
    private String model;

    @ArgGroup(multiplicity = "1")
    private Tokens tokens;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes all logits there.")
    private @Nullable Path out;

    @Option(
            names = "--top",
            paramLabel = "K",
            defaultValue = "5",
            description = "Shows the K highest after each token (${DEFAULT-VALUE}).")
    private int top;

    @Option(names = "--tier", paramLabel = "TIER", description = "Kernels: scalar or vector.")
    private @Nullable String tier;

    @Spec private CommandSpec spec;

    private static final class Tokens {
        @Option(names = "--tokens", paramLabel = "IDS", description = "Such as 1,2,3.")
        private @Nullable String ids;

        @Option(
                names = "--tokens-file",
                paramLabel = "FILE",
                description = "The same from a file; spaces and line ends separate, too.")
        private @Nullable Path file;
    }

    @Override
    public void run() {
        int[] ids = readIds();
        Path path = Models.resolve(model, spec.commandLine().getErr());
        Kernels kernels = tier == null ? Kernels.best() : Kernels.of(KernelTier.parse(tier));
        int threads = Runtime.getRuntime().availableProcessors();
        try (LlamaModel llama = LlamaModel.open(path);
                WorkerTeam workers = new WorkerTeam(threads);
                KvCache cache = new KvCache(llama.config(), ids.length);
                KvSequence sequence = cache.open()) {
            checkIds(ids, llama.config().vocabularySize());
            Transformer transformer = llama.newTransformer(kernels, workers, STEP_TOKENS);
            compute(ids, transformer, cache, sequence);
        }
    }

    private void compute(int[] ids, Transformer transformer, KvCache cache, KvSequence sequence) {
        Path file = out;
        if (file == null) {
            forward(ids, transformer, cache, sequence, null);
            return;
        }
        int vocabulary = transformer.config().vocabularySize();
        try (SafetensorsWriter writer = SafetensorsWriter.create(file)) {
            writer.declare("logits", TensorFormat.F32, Shape.of(ids.length, vocabulary));
            forward(ids, transformer, cache, sequence, writer);
            writer.finish();
        }
    }

    private void forward(
            int[] ids,
            Transformer transformer,
            KvCache cache,
            KvSequence sequence,
            @Nullable SafetensorsWriter writer) {
        Batch batch = new Batch(STEP_TOKENS);
        for (int from = 0; from < ids.length; from += STEP_TOKENS) {
            int count = Math.min(STEP_TOKENS, ids.length - from);
            batch.clear();
            batch.add(sequence, ids, from, count, LogitsFor.ALL);
            Logits logits = transformer.forward(batch, cache);
            for (int row = 0; row < count; row++) {
                show(from + row, ids[from + row], logits, row);
                if (writer != null) {
                    writer.write(logits.values(), logits.offset(row), logits.vocabulary());
                }
            }
        }
    }

    private void show(int position, int id, Logits logits, int row) {
        float[] values = logits.row(row);
        StringBuilder line = new StringBuilder();
        IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -values[i]))
                .limit(top)
                .forEach(i -> line.append(String.format(Locale.ROOT, "  %d:%.4f", i, values[i])));
        PrintWriter printer = spec.commandLine().getOut();
        printer.printf(Locale.ROOT, "%5d  %6d %s%n", position, id, line);
        printer.flush();
    }

    private int[] readIds() {
        String text = tokens.ids;
        Path file = tokens.file;
        String where = "--tokens";
        if (file != null) {
            where = file.toString();
            text = readText(file);
        }
        String[] words = text == null ? new String[0] : text.strip().split("[\\s,]+");
        int[] ids = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            try {
                ids[i] = Integer.parseInt(words[i]);
            } catch (NumberFormatException notANumber) {
                throw new AltiplanoException(
                        "%s, token %d: expected an id, found '%s'. Write ids such as 1,2,3."
                                .formatted(where, i, words[i]),
                        notANumber);
            }
        }
        return ids;
    }

    private static String readText(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new AltiplanoException(
                        "%s: expected at most %d bytes of ids, found %d. Use fewer."
                                .formatted(file, FILE_BYTES_MAX, Files.size(file)));
            }
            return Files.readString(file);
        } catch (IOException failure) {
            throw new AltiplanoException(
                    "%s: expected a readable file of ids, found: %s. Check the path."
                            .formatted(file, failure),
                    failure);
        }
    }

    private static void checkIds(int[] ids, int vocabulary) {
        Arrays.stream(ids)
                .filter(id -> id < 0 || id >= vocabulary)
                .findFirst()
                .ifPresent(
                        id -> {
                            throw new AltiplanoException(
                                    "tokens: expected ids from 0 to %d, the model's vocabulary, found %d."
                                            .formatted(vocabulary - 1, id));
                        });
    }
}
