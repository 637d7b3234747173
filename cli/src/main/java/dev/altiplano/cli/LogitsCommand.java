package dev.altiplano.cli;

import static dev.altiplano.model.llama.Batch.LogitsFor.ALL;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.Shape;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.LlamaModel;
import dev.altiplano.model.file.SafetensorsWriter;
import dev.altiplano.model.llama.Batch;
import dev.altiplano.model.llama.KvCache;
import dev.altiplano.model.llama.KvSequence;
import dev.altiplano.model.llama.Logits;
import dev.altiplano.model.llama.Transformer;
import dev.altiplano.model.vision.ImagePrompt;
import dev.altiplano.model.vision.RgbImage;
import dev.altiplano.model.vision.VisionEncoder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "Computes the logits after each of the given token ids; no token is added.",
            "Prints position, id and the highest logits as ID:LOGIT.",
            "The file holds 'logits', F32 [tokens, vocabulary].",
            "An image needs a Llama 4 folder with vision_config. Write its image token once, which",
            "becomes the layout of the image's tiles, or every patch token yourself."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano logits model.gguf --tokens 1,2,3",
            "  altiplano logits folder --tokens-file ids.txt --out logits.safetensors --tier scalar",
            "  altiplano logits llama-4-scout --tokens 200000,200090,3668 --image cat.png",
        })
final class LogitsCommand implements Runnable {
    /** Enough for the kernels to be fast, few enough for the logits of a large vocabulary. */
    private static final int BATCH_TOKENS = 64;

    private static final int TOP_DEFAULT = 5;

    @Parameters(paramLabel = "MODEL", description = "A GGUF file, a safetensors folder or a name.")
    private String model;

    @ArgGroup(multiplicity = "1")
    private Tokens tokens;

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "PNG or JPEG that the image token, or the patch tokens, stand for.")
    private @Nullable Path image;

    @Option(
            names = "--out",
            paramLabel = "F.safetensors",
            description = "Writes the logits of all tokens.")
    private @Nullable Path out;

    @Option(
            names = "--top",
            paramLabel = "K",
            description = "Shows the K highest after each token (default: 5, none with --out).")
    private @Nullable Integer top;

    @Option(
            names = {"-t", "--threads"},
            paramLabel = "N",
            description = "Threads that compute (default: one per core). The bits are the same.")
    private @Nullable Integer threads;

    @Mixin private KernelFlags kernelFlags;
    @Spec private CommandSpec spec;

    private static final class Tokens {
        @Option(names = "--tokens", paramLabel = "IDS", description = "Such as 1,2,3.")
        private @Nullable String ids;

        @Option(
                names = "--tokens-file",
                paramLabel = "F",
                description = "The same from a file; spaces, line ends and JSON arrays do, too.")
        private @Nullable Path file;

        int[] read() {
            return file == null
                    ? TokenIds.parse("--tokens", String.valueOf(ids))
                    : TokenIds.read(file);
        }
    }

    @Override
    public void run() {
        int[] ids = tokens.read();
        int shown = top == null ? (out == null ? TOP_DEFAULT : 0) : top;
        if (shown < 0) {
            throw usage("--top: expected 0 or more, found " + shown);
        }
        KernelTier wanted = kernelFlags.tier().orElseGet(KernelTier::best);
        Path path = Models.resolve(model, spec.commandLine().getErr());
        try (LlamaModel opened = LlamaModel.open(path);
                Kernels kernels = Kernels.of(wanted, kernelFlags.activations());
                WorkerTeam team = team()) {
            TokenIds.requireInVocabulary(ids, opened.config().vocabularySize());
            Transformer transformer = opened.newTransformer(kernels, team, BATCH_TOKENS);
            if (image == null) {
                Prompt text = (batch, run, from, count) -> batch.add(run, ids, from, count, ALL);
                compute(transformer, ids, text, shown);
            } else {
                VisionEncoder encoder = requireEncoder(opened, kernels, team);
                RgbImage pixels = ImageFile.read(image);
                ImagePrompt prompt = ImagePrompt.of(ids, opened.tokenizer(), pixels, encoder);
                compute(
                        transformer,
                        prompt.ids(),
                        (batch, run, from, count) -> prompt.addTo(batch, run, from, count, ALL),
                        shown);
            }
        }
    }

    private VisionEncoder requireEncoder(LlamaModel opened, Kernels kernels, WorkerTeam team) {
        return opened.newVisionEncoder(kernels, team)
                .orElseThrow(
                        () ->
                                new AltiplanoException(
                                        ("%s: expected a model that sees images (a Llama 4 folder"
                                                        + " with vision_config), found one for text alone."
                                                        + " Leave --image out or use another model.")
                                                .formatted(model)));
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

    /** Puts {@code count} tokens of a prompt into a batch, from token {@code from} on. */
    private interface Prompt {
        void addTo(Batch batch, KvSequence sequence, int from, int count);
    }

    private void compute(Transformer transformer, int[] ids, Prompt prompt, int shown) {
        int count = ids.length;
        if (out == null) {
            forward(transformer, prompt, count, (logits, from) -> print(logits, ids, from, shown));
            return;
        }
        int vocabulary = transformer.config().vocabularySize();
        try (SafetensorsWriter writer = SafetensorsWriter.create(out)) {
            writer.declare("logits", TensorFormat.F32, Shape.of(count, vocabulary));
            forward(
                    transformer,
                    prompt,
                    count,
                    (logits, from) -> {
                        writer.write(logits.values(), 0, logits.rows() * vocabulary);
                        print(logits, ids, from, shown);
                    });
            writer.finish();
        }
        PrintWriter stdout = spec.commandLine().getOut();
        stdout.printf("%s: logits, F32 [%d, %d]%n", out, count, vocabulary);
        stdout.flush();
    }

    /** Takes logits, the first of them after token {@code from}. */
    private interface Sink {
        void accept(Logits logits, int from);
    }

    private void forward(Transformer transformer, Prompt prompt, int tokens, Sink sink) {
        try (KvCache cache =
                        new KvCache(transformer.config(), kernelFlags.kvType(KvType.F32), tokens);
                KvSequence sequence = cache.open()) {
            Batch batch = new Batch(BATCH_TOKENS);
            for (int from = 0; from < tokens; from += BATCH_TOKENS) {
                batch.clear();
                prompt.addTo(batch, sequence, from, Math.min(BATCH_TOKENS, tokens - from));
                sink.accept(transformer.forward(batch, cache), from);
                sequence.release(sequence.length());
            }
        }
    }

    private void print(Logits logits, int[] ids, int from, int shown) {
        if (shown == 0) {
            return;
        }
        PrintWriter stdout = spec.commandLine().getOut();
        for (int row = 0; row < logits.rows(); row++) {
            stdout.printf(Locale.ROOT, "%5d  %6d ", from + row, ids[from + row]);
            float[] values = logits.row(row);
            for (int id : HighestLogits.of(values, shown)) {
                stdout.printf(Locale.ROOT, "  %d:%.4f", id, values[id]);
            }
            stdout.println();
        }
        stdout.flush();
    }
}
