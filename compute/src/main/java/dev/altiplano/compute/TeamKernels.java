package dev.altiplano.compute;

import dev.altiplano.compute.WorkerTeam.RangeTask;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * The kernels of one tier, run by the whole team over whole batches. Each call returns when its
 * result is complete. Jobs are objects made once and filled in before each run, so that a step
 * allocates nothing. One caller at a time.
 */
public final class TeamKernels {
    /** Chunks for each thread, so that a thread that lost its core does not hold up the others. */
    private static final int CHUNKS_PER_THREAD = 6;

    /** Below this many multiply-adds or the like, sharing the work costs more than doing it. */
    private static final long WORTH_SHARING = 16 * 1024;

    private final Kernels kernels;
    private final WorkerTeam team;
    private final List<Scratch> scratches = new ArrayList<>();
    private final List<Projection> oneProjection = new ArrayList<>(1);
    private final List<float[]> oneOut = new ArrayList<>(1);
    private final Inputs inputs;
    private final ConvertJob convert = new ConvertJob();
    private final MultiplyJob multiply = new MultiplyJob();
    private final RowsJob rows = new RowsJob();

    /**
     * Borrows kernels and team. {@code tokensMax} and {@code inputsMax} bound the rows of every
     * product and their length.
     */
    public TeamKernels(Kernels kernels, WorkerTeam team, int tokensMax, int inputsMax) {
        this.kernels = kernels;
        this.team = team;
        this.inputs = kernels.newInputs(tokensMax, inputsMax);
        for (int i = 0; i < team.threads(); i++) {
            scratches.add(kernels.newScratch(inputsMax));
        }
    }

    public Kernels kernels() {
        return kernels;
    }

    public int threads() {
        return team.threads();
    }

    /** The private memory of {@code worker}, for tasks given to {@link #run}. */
    public Scratch scratch(int worker) {
        return scratches.get(worker);
    }

    /** Splits {@code count} equal units, {@code operations} in all, over the team. */
    public void run(int count, long operations, RangeTask task) {
        team.run(count, chunk(count, 1, operations), task);
    }

    /** Readies a projection for products; once for each, before all products. */
    public void pack(Projection projection) {
        Packing packing = kernels.pack(projection);
        team.run(
                packing.parts(),
                chunk(packing.parts(), 1, Long.MAX_VALUE),
                (from, to, worker) -> {
                    for (int part = from; part < to; part++) {
                        packing.part().run(part);
                    }
                });
    }

    /** {@code out = W · x} for x [tokens, inputs] and out [tokens, outputs]. */
    public void multiply(Projection projection, float[] x, int tokens, float[] out) {
        oneProjection.clear();
        oneProjection.add(projection);
        oneOut.clear();
        oneOut.add(out);
        multiply.run(oneProjection, x, tokens, oneOut);
    }

    /** {@code outs[n] = W_n · x} for x [tokens, inputs] and outs[n] [tokens, outputs of W_n]. */
    public void multiply(List<Projection> projections, float[] x, int tokens, List<float[]> outs) {
        multiply.run(projections, x, tokens, outs);
    }

    /** Norm of every row: x and out are [tokens, weight.length]. */
    public void rmsNorm(float[] x, int tokens, float[] weight, float epsilon, float[] out) {
        rows.normWeight = weight;
        rows.epsilon = epsilon;
        rows.run(RowsJob.Kind.RMS_NORM, x, out, tokens, weight.length);
    }

    /** {@code gate = silu(gate) ⊙ up}, both [tokens, width]. */
    public void siluMultiply(float[] gate, float[] up, int tokens, int width) {
        rows.run(RowsJob.Kind.SILU_MULTIPLY, gate, up, tokens, width);
    }

    /** {@code x += y}, both [tokens, width]. */
    public void add(float[] x, float[] y, int tokens, int width) {
        rows.run(RowsJob.Kind.ADD, x, y, tokens, width);
    }

    private int chunk(int count, int step, long operations) {
        if (operations < WORTH_SHARING) {
            return Math.max(1, count);
        }
        int even = (count - 1) / (team.threads() * CHUNKS_PER_THREAD) + 1;
        return Math.ceilDiv(even, step) * step;
    }

    /**
     * Several projections of the same rows: the range runs over the outputs of one after another.
     */
    private final class MultiplyJob implements RangeTask {
        private List<Projection> projections = List.of();
        private List<float[]> outs = List.of();

        void run(List<Projection> projections, float[] x, int tokens, List<float[]> outs) {
            this.projections = projections;
            this.outs = outs;
            inputs.set(x, tokens, projections.get(0).inputs());
            int outputs = 0;
            for (int n = 0; n < projections.size(); n++) {
                convert.run(kernels.inputForm(projections.get(n)), n > 0);
                outputs += projections.get(n).outputs();
            }
            long operations = (long) tokens * outputs * projections.get(0).inputs();
            team.run(outputs, chunk(outputs, kernels.outputsStep(), operations), this);
        }

        @Override
        public void run(int from, int to, int worker) {
            int first = 0;
            for (int n = 0; n < projections.size(); n++) {
                Projection projection = projections.get(n);
                int low = Math.max(from - first, 0);
                int high = Math.min(to - first, projection.outputs());
                if (low < high) {
                    kernels.multiply(
                            projection, low, high, inputs, outs.get(n), scratches.get(worker));
                }
                first += projection.outputs();
            }
        }
    }

    /** The forms of the inputs that products ask for, each made once. */
    private final class ConvertJob implements RangeTask {
        private final EnumSet<Inputs.Form> made = EnumSet.noneOf(Inputs.Form.class);
        private Inputs.Form form = Inputs.Form.ARRAY;

        void run(Inputs.Form form, boolean sameInputs) {
            if (!sameInputs) {
                made.clear();
            }
            if (form != Inputs.Form.ARRAY && made.add(form)) {
                this.form = form;
                long values = (long) inputs.tokens * inputs.width;
                team.run(inputs.tokens, chunk(inputs.tokens, 1, values), this);
            }
        }

        @Override
        public void run(int from, int to, int worker) {
            kernels.convert(inputs, form, from, to, scratches.get(worker));
        }
    }

    /** The kernels that treat each row by itself. */
    private final class RowsJob implements RangeTask {
        enum Kind {
            RMS_NORM,
            SILU_MULTIPLY,
            ADD
        }

        private Kind kind = Kind.ADD;
        private float[] x = {};
        private float[] y = {};
        private float[] normWeight = {};
        private float epsilon;
        private int width;

        void run(Kind kind, float[] x, float[] y, int tokens, int width) {
            this.kind = kind;
            this.x = x;
            this.y = y;
            this.width = width;
            team.run(tokens, chunk(tokens, 1, (long) tokens * width), this);
        }

        @Override
        public void run(int from, int to, int worker) {
            Scratch scratch = scratches.get(worker);
            switch (kind) {
                case RMS_NORM -> {
                    for (int token = from; token < to; token++) {
                        kernels.rmsNorm(x, token * width, normWeight, epsilon, y, scratch);
                    }
                }
                case SILU_MULTIPLY -> kernels.siluMultiply(x, y, from * width, to * width, scratch);
                case ADD -> kernels.add(x, y, from * width, to * width);
            }
        }
    }
}
