package dev.altiplano.cli;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.engine.MeasureOptions;
import dev.altiplano.engine.MeasuredModel;
import dev.altiplano.engine.Perplexity;
import dev.altiplano.engine.Perplexity.Result;
import dev.altiplano.model.LlamaModel;
import dev.altiplano.model.token.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code altiplano eval}: how good a model is. */
@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "MEASURE",
        description = "Measures how good a model is.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano eval perplexity smollm2 wiki.test.raw",
            "  altiplano eval perplexity model-Q4_K.gguf wiki.test.raw --context 2048 --stride 512"
        })
final class EvalCommand implements Runnable {
    private static final int CONTEXT_DEFAULT = 512;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a measure: perplexity");
    }

    @Command(
            name = "perplexity",
            mixinStandardHelpOptions = true,
            description = {
                "How surprised a model is by a text; lower is better.",
                "Without --stride as llama-perplexity: pieces of a context, the second half of each"
                        + " scored.",
                "With --stride as Hugging Face: a moving window, each token scored once."
            })
    void perplexity(
            @Parameters(paramLabel = "MODEL", description = "A model by name or path.")
                    String model,
            @Parameters(paramLabel = "FILE", description = "The text, in UTF-8.") Path file,
            @Option(
                            names = "--context",
                            paramLabel = "TOKENS",
                            description = "The window (default: 512, or the model's own if less).")
                    @Nullable Integer context,
            @Option(
                            names = "--stride",
                            paramLabel = "TOKENS",
                            description = "By how much the window moves.")
                    @Nullable Integer stride,
            @Option(
                            names = {"-t", "--threads"},
                            paramLabel = "THREADS",
                            description = "Threads that compute (default: one per core).")
                    @Nullable Integer threads,
            @Mixin KernelFlags kernelFlags,
            @Option(names = "--json", description = "For programs.") boolean json)
            throws IOException {
        String text = TextInput.read(file.toString());
        PrintWriter err = spec.commandLine().getErr();
        try (LlamaModel llama = LlamaModel.open(Models.resolve(model, err));
                MeasuredModel measured = MeasuredModel.of(llama, options(threads, kernelFlags))) {
            Tokenizer tokenizer = tokenizer(llama);
            int window = window(llama, context);
            Perplexity perplexity =
                    new Perplexity(
                            measured,
                            tokenizer.addsBos() ? tokenizer.bosId() : OptionalInt.empty());
            int[] ids = tokenizer.encodeWhole(text);
            Result result;
            try (WindowProgress progress = new WindowProgress(err)) {
                result =
                        stride == null
                                ? perplexity.chunks(ids, window, progress)
                                : perplexity.strided(ids, window, stride, progress);
            }
            print(measured, result, window, stride, json);
        }
    }

    private MeasureOptions options(@Nullable Integer threads, KernelFlags kernelFlags) {
        try {
            MeasureOptions options =
                    kernelFlags.applyTo(MeasureOptions.defaults().withKvType(KvType.F32));
            return threads == null ? options : options.withThreads(threads);
        } catch (IllegalArgumentException failure) {
            throw new ParameterException(spec.commandLine(), String.valueOf(failure.getMessage()));
        }
    }

    private static Tokenizer tokenizer(LlamaModel model) {
        return model.tokenizer()
                .orElseThrow(
                        () ->
                                new AltiplanoException(
                                        "%s: expected a tokenizer, found none. Use a model that has one."
                                                .formatted(model.file().path())));
    }

    private static int window(LlamaModel model, @Nullable Integer context) {
        int most = model.config().contextLength();
        int window = context == null ? Math.min(CONTEXT_DEFAULT, most) : context;
        if (window < 4 || window > most) {
            throw new AltiplanoException(
                    "context: expected 4 to %d tokens, as the model was made for, found %d. Choose another."
                            .formatted(most, window));
        }
        return window;
    }

    private void print(
            MeasuredModel model,
            Result result,
            int window,
            @Nullable Integer stride,
            boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            var object =
                    JsonMapper.shared()
                            .createObjectNode()
                            .put("model_filename", model.name())
                            .put("model_type", model.type())
                            .put("kernel_tier", model.tier().toString())
                            .put("n_ctx", window)
                            .put("stride", stride)
                            .put("perplexity", result.perplexity())
                            .put("standard_error", result.standardError())
                            .put("mean_nll", result.meanNll())
                            .put("scored_tokens", result.scoredTokens())
                            .put("windows", result.windows());
            out.println(object.toPrettyString());
        } else {
            out.printf(
                    Locale.ROOT,
                    "perplexity %.4f ± %.4f  (%d tokens scored in %d windows of %d)%n",
                    result.perplexity(),
                    result.standardError(),
                    result.scoredTokens(),
                    result.windows(),
                    window);
        }
        out.flush();
    }

    /** A progress bar that learns how many windows there are with the first. */
    private static final class WindowProgress
            implements BiConsumer<Integer, Integer>, AutoCloseable {
        private final PrintWriter err;
        private @Nullable ProgressBar bar;

        WindowProgress(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void accept(Integer done, Integer total) {
            if (bar == null) {
                bar = new ProgressBar(err, "windows", 0, total, Long::toString);
            }
            bar.update(done);
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
