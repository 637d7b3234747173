package dev.altiplano.cli;

import dev.altiplano.cli.text.Table;
import dev.altiplano.cli.text.Table.Align;
import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.model.LlamaModel;
import dev.altiplano.model.llama.Batch;
import dev.altiplano.model.llama.BlockObserver;
import dev.altiplano.model.llama.KvCache;
import dev.altiplano.model.llama.KvSequence;
import dev.altiplano.model.token.Tokenizer;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Figures of what each layer gives for a prompt, to compare engines layer by layer. */
final class ModelTrace {
    private static final int TOKENS_MAX = 4096;

    private final int[] ids;
    private final int layers;
    private final List<Figures> figures = new ArrayList<>();

    /** Over all values of a [tokens, hidden] output. */
    private record Figures(String output, double norm, double mean, float min, float max) {
        static Figures of(String output, float[] values, int count) {
            double squares = 0;
            double sum = 0;
            float min = Float.POSITIVE_INFINITY;
            float max = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < count; i++) {
                squares += (double) values[i] * values[i];
                sum += values[i];
                min = Math.min(min, values[i]);
                max = Math.max(max, values[i]);
            }
            return new Figures(output, Math.sqrt(squares), sum / count, min, max);
        }
    }

    private ModelTrace(int[] ids, int layers) {
        this.ids = ids;
        this.layers = layers;
    }

    /** Computes {@code prompt}, a plain text that begins as the model's texts begin. */
    static ModelTrace of(LlamaModel model, String prompt) {
        return of(model, ids(model, prompt));
    }

    static ModelTrace of(LlamaModel model, int[] ids) {
        ModelTrace trace = new ModelTrace(ids, model.config().layers().size());
        int tokens = ids.length;
        try (Kernels kernels = Kernels.best();
                WorkerTeam team = new WorkerTeam(Runtime.getRuntime().availableProcessors());
                KvCache cache = new KvCache(model.config(), KvType.F32, tokens);
                KvSequence sequence = cache.open()) {
            Batch batch = new Batch(tokens);
            batch.add(sequence, ids, 0, tokens, Batch.LogitsFor.ALL);
            BlockObserver observer = trace::observe;
            model.newTransformer(kernels, team, tokens).forward(batch, cache, observer);
        }
        return trace;
    }

    private static int[] ids(LlamaModel model, String prompt) {
        Tokenizer tokenizer =
                model.tokenizer()
                        .orElseThrow(
                                () ->
                                        new AltiplanoException(
                                                "%s: expected a tokenizer in the model, found none. Use `altiplano logits`, which takes ids."
                                                        .formatted(model.name())));
        int[] ids = tokenizer.encodeWhole(prompt);
        if (ids.length == 0 || ids.length > TOKENS_MAX) {
            throw new AltiplanoException(
                    "--trace: expected a prompt of 1 to %d tokens, found %d. Give another prompt."
                            .formatted(TOKENS_MAX, ids.length));
        }
        return ids;
    }

    private void observe(int block, float[] hidden, int tokens, int width) {
        String output =
                block == 0 ? "embedding" : block <= layers ? "layer " + (block - 1) : "final norm";
        figures.add(Figures.of(output, hidden, tokens * width));
    }

    void print(PrintWriter out) {
        out.printf("%d tokens: %s%n", ids.length, Arrays.toString(ids));
        Table table =
                new Table()
                        .column("output", Align.LEFT)
                        .column("norm", Align.RIGHT)
                        .column("mean", Align.RIGHT)
                        .column("min", Align.RIGHT)
                        .column("max", Align.RIGHT);
        for (Figures f : figures) {
            table.row(f.output, text(f.norm), text(f.mean), text(f.min), text(f.max));
        }
        table.print(out);
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }

    ObjectNode toJson() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        ArrayNode tokens = root.putArray("tokens");
        for (int id : ids) {
            tokens.add(id);
        }
        ArrayNode outputs = root.putArray("outputs");
        for (Figures f : figures) {
            outputs.addObject()
                    .put("output", f.output)
                    .put("norm", f.norm)
                    .put("mean", f.mean)
                    .put("min", f.min)
                    .put("max", f.max);
        }
        return root;
    }
}
