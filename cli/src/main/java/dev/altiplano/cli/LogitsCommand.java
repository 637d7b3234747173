package dev.altiplano.cli;

import dev.altiplano.cli.Table.Align;
import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.Shape;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.LlamaModel;
import dev.altiplano.model.file.SafetensorsWriter;
import dev.altiplano.model.llama.Batch;
import dev.altiplano.model.llama.KvCache;
import dev.altiplano.model.llama.KvSequence;
import dev.altiplano.model.llama.Logits;
import dev.altiplano.model.llama.Transformer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altiplano logits}: the bare numbers of a forward pass, to compare engines. */
@Command(
        name = "logits",
        mixinStandardHelpOptions = true,
        description = {
            "Computes the logits after each of the given token ids.",
            "The file holds 'logits', F32 [tokens, vocabulary]. No token is added."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano logits model.gguf --tokens 1,504,3575,282",
            "  altiplano logits model.gguf --tokens-file ids.txt --out logits.safetensors",
            "  altiplano logits folder/ --tokens 5,6,7 --top 20 --tier scalar"
        })
final class LogitsCommand implements Runnable {
    private static final int TOKENS_MAX = 1 << 20;
    private static final long FILE_BYTES_MAX = 16L << 20;

    /** Enough for the kernels to be fast, few enough for the logits of a large vocabulary. */
    private static final int BATCH_TOKENS = 64;

    @Parameters(paramLabel = "MODEL", description = "A GGUF file, a safetensors folder or a name.")
    private String model;

    @Option(names = "--tokens", paramLabel = "IDS", description = "Token ids, such as 1,2,3.")
    private @Nullable String tokens;

    @Option(
            names = "--tokens-file",
            paramLabel = "F",
            description = "Takes the ids from a file: with commas or spaces, or a JSON array.")
    private @Nullable Path tokensFile;

    @Option(
            names = "--out",
            paramLabel = "F.safetensors",
            description = "Writes the logits of all tokens.")
    private @Nullable Path out;

    @Option(
            names = "--top",
            paramLabel = "K",
            description = "Prints the K largest logits after the last token (5 without --out).")
    private @Nullable Integer top;

    @Option(
            names = "--tier",
            paramLabel = "TIER",
            description = "Kernels: ${COMPLETION-CANDIDATES}. The fastest unless given.")
    private @Nullable KernelTier tier;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compute; all cores unless given. The bits are the same.")
    private @Nullable Integer threads;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        int[] ids = ids();
        PrintWriter stdout = spec.commandLine().getOut();
        Kernels kernels = tier == null ? Kernels.best() : Kernels.of(tier);
        Path path = Models.resolve(model, spec.commandLine().getErr());
        try (LlamaModel opened = LlamaModel.open(path);
                WorkerTeam team = team()) {
            Transformer transformer = opened.newTransformer(kernels, team, BATCH_TOKENS);
            requireInVocabulary(ids, opened.config().vocabularySize());
            float[] last =
                    out == null
                            ? compute(transformer, ids, logits -> {})
                            : write(transformer, ids, out);
            if (out != null) {
                stdout.printf(
                        "%d x %d logits (%s): %s%n", ids.length, last.length, kernels.tier(), out);
            }
            int count = top == null ? (out == null ? 5 : 0) : top;
            if (count > 0) {
                printTop(opened, last, count, stdout);
            }
        }
        stdout.flush();
    }

    private int[] ids() {
        if ((tokens == null) == (tokensFile == null)) {
            throw usage("expected either --tokens or --tokens-file");
        }
        String text = tokens != null ? tokens : readIds(tokensFile);
        int[] ids =
                Stream.of(text.split("[\\s,\\[\\]]+"))
                        .filter(id -> !id.isEmpty())
                        .mapToInt(LogitsCommand::parseId)
                        .toArray();
        if (ids.length == 0 || ids.length > TOKENS_MAX) {
            throw usage("expected 1 to %d token ids, found %d".formatted(TOKENS_MAX, ids.length));
        }
        return ids;
    }

    private static String readIds(@Nullable Path file) {
        if (file == null) {
            return "";
        }
        try {
            long sizeBytes = Files.size(file);
            if (sizeBytes > FILE_BYTES_MAX) {
                throw new AltiplanoException(
                        "%s: expected at most %d bytes of token ids, found %d. Is it the right file?"
                                .formatted(file, FILE_BYTES_MAX, sizeBytes));
            }
            return Files.readString(file);
        } catch (IOException failure) {
            throw new AltiplanoException(
                    "%s: expected a text file with token ids, found: %s. Check the path."
                            .formatted(file, failure),
                    failure);
        }
    }

    private static int parseId(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException notANumber) {
            throw new AltiplanoException(
                    "token ids: expected whole numbers, found '%s'. Separate them by commas or spaces."
                            .formatted(digits),
                    notANumber);
        }
    }

    private static void requireInVocabulary(int[] ids, int vocabulary) {
        for (int id : ids) {
            if (id < 0 || id >= vocabulary) {
                throw new AltiplanoException(
                        "token ids: expected 0 to %d for this model, found %d. Is it the right model?"
                                .formatted(vocabulary - 1, id));
            }
        }
    }

    private WorkerTeam team() {
        int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (count < 1 || count > WorkerTeam.THREADS_MAX) {
            throw usage(
                    "--threads: expected 1 to %d, found %d"
                            .formatted(WorkerTeam.THREADS_MAX, count));
        }
        return new WorkerTeam(count);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static float[] write(Transformer transformer, int[] ids, Path target) {
        int vocabulary = transformer.config().vocabularySize();
        try (SafetensorsWriter writer = SafetensorsWriter.create(target)) {
            writer.declare("logits", TensorFormat.F32, Shape.of(ids.length, vocabulary));
            float[] last =
                    compute(
                            transformer,
                            ids,
                            logits -> writer.write(logits.values(), 0, logits.rows() * vocabulary));
            writer.finish();
            return last;
        }
    }

    /**
     * Gives {@code sink} the logits of all tokens, some rows at a time, and returns the last row.
     */
    private static float[] compute(Transformer transformer, int[] ids, Consumer<Logits> sink) {
        try (KvCache cache = new KvCache(transformer.config(), ids.length);
                KvSequence sequence = cache.open()) {
            Batch batch = new Batch(BATCH_TOKENS);
            float[] last = {};
            for (int from = 0; from < ids.length; from += BATCH_TOKENS) {
                batch.clear();
                int count = Math.min(BATCH_TOKENS, ids.length - from);
                batch.add(sequence, ids, from, count, Batch.LogitsFor.ALL);
                Logits logits = transformer.forward(batch, cache);
                sink.accept(logits);
                last = logits.row(count - 1);
                sequence.release(sequence.length());
            }
            return last;
        }
    }

    private static void printTop(LlamaModel model, float[] logits, int count, PrintWriter stdout) {
        Table table =
                new Table()
                        .column("id", Align.RIGHT)
                        .column("logit", Align.RIGHT)
                        .column("text", Align.LEFT);
        IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer id) -> -logits[id]))
                .limit(count)
                .forEach(
                        id ->
                                table.row(
                                        id,
                                        String.format(Locale.ROOT, "%.5f", logits[id]),
                                        model.tokenizer().map(t -> t.text(id)).orElse("")));
        table.print(stdout);
    }
}
