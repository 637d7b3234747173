package dev.altiplano.planner.step;

/**
 * The pipeline schedules: idle time at both ends of a step and micro-batches in flight. F, B and W
 * are a stage's forward, input-gradient and weight-gradient seconds for one micro-batch. Sources:
 * Narayanan 2021 (1F1B, interleaved), arXiv 2401.10241 (ZB), DeepSeek-V3 report (DualPipe).
 */
public enum Schedule {
    ONE_F_ONE_B {
        @Override
        public double bubbleSeconds(int pp, int v, double f, double b, double w) {
            return (pp - 1) * (f + b + w);
        }
    },
    INTERLEAVED {
        @Override
        public double bubbleSeconds(int pp, int v, double f, double b, double w) {
            return (pp - 1) * (f + b + w) / v;
        }

        @Override
        double peakMicroBatches(int pp, int v) {
            return v == 1 ? pp : pp * (1 + (pp - 1.0) / ((double) pp * v));
        }
    },
    ZB_H1 {
        @Override
        public double bubbleSeconds(int pp, int v, double f, double b, double w) {
            return (pp - 1) * Math.max(0, f + b - w);
        }
    },
    ZB_H2 {
        @Override
        public double bubbleSeconds(int pp, int v, double f, double b, double w) {
            return (pp - 1) * Math.max(0, f + b - 2 * w);
        }

        @Override
        double peakMicroBatches(int pp, int v) {
            return 2.0 * pp - 1;
        }
    },
    DUAL_PIPE {
        @Override
        public double bubbleSeconds(int pp, int v, double f, double b, double w) {
            // F&B, one forward and one whole backward that overlap, takes f + b + w without
            // overlap.
            return Math.max(0, pp / 2.0 - 1) * Math.max(0, f + b + w + b - 3 * w);
        }

        @Override
        double peakMicroBatches(int pp, int v) {
            return pp + 1.0;
        }

        @Override
        public int weightCopies() {
            return 2;
        }
    };

    /** Seconds that a stage waits in one step. */
    public abstract double bubbleSeconds(int pp, int v, double f, double b, double w);

    double peakMicroBatches(int pp, int v) {
        return pp;
    }

    /** Micro-batches whose activations the first stage holds at once; never more than there are. */
    public double inFlight(int pp, int v, long microBatches) {
        return Math.min((double) microBatches, pp == 1 ? 1 : peakMicroBatches(pp, v));
    }

    /** Micro-batches below which the schedule cannot run as drawn. */
    public int minMicroBatches(int pp) {
        return switch (this) {
            case ONE_F_ONE_B -> 1;
            case INTERLEAVED, ZB_H1 -> pp;
            case ZB_H2 -> 2 * pp - 1;
            case DUAL_PIPE -> 2 * pp;
        };
    }

    /** Copies of the weights and gradients that a rank holds. */
    public int weightCopies() {
        return 1;
    }

    /** Whether a rank may hold more than one virtual stage. */
    public boolean isInterleaved() {
        return this == INTERLEAVED;
    }
}
