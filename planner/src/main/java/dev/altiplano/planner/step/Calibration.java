package dev.altiplano.planner.step;

import java.util.List;

/**
 * Fits the seven constants to measured steps: least squares of the logarithms of predicted over
 * measured, by Levenberg-Marquardt over the logarithms of the constants. A constant that no
 * measurement depends on, or that they cannot tell from another, stays near where it began: a weak
 * pull towards the start is part of what is minimised.
 *
 * @param constants the result
 * @param before mean and worst relative error with the starting constants
 * @param after the same with the result
 */
public record Calibration(StepConstants constants, Errors before, Errors after) {
    /** Shares of the peak or of a link cannot pass 1. */
    private static final double[] MOST = {1, 1e5, 1, 1e5, 1e3, 1, 1};

    /**
     * Measurements scatter by about 1.5 % around the model, the constants by perhaps 30 % between
     * machines: so strongly is each held. With less, the 16 published rows put the link's share at
     * 1, because nothing in them tells it from the traffic of a layer, and other rows suffer.
     */
    private static final double PULL = 0.05;

    private static final int ROUNDS_MAX = 200;
    private static final double STEP = 1e-5;

    /** Relative errors over some measurements. */
    public record Errors(double mean, double worst) {
        /** Of {@code measurements} as the constants predict them. */
        public static Errors of(List<Measurement> measurements, StepConstants constants) {
            double sum = 0;
            double worst = 0;
            for (Measurement measurement : measurements) {
                double error = Math.abs(measurement.error(constants));
                sum += error;
                worst = Math.max(worst, error);
            }
            return new Errors(sum / measurements.size(), worst);
        }
    }

    /** Fits; throws {@link IllegalArgumentException} without a measurement. */
    public static Calibration fit(List<Measurement> measurements, StepConstants start) {
        if (measurements.isEmpty()) {
            throw new IllegalArgumentException("a calibration needs one measured step or more");
        }
        double[] origin = logs(start);
        double[] point = origin.clone();
        double[] residuals = residuals(measurements, start, point, origin);
        double damping = 1e-2;
        for (int round = 0; round < ROUNDS_MAX && damping < 1e9; round++) {
            double[] next = step(measurements, start, point, origin, residuals, damping);
            double[] nextResiduals = residuals(measurements, start, next, origin);
            double gain = squares(residuals) - squares(nextResiduals);
            if (gain > 0) {
                point = next;
                residuals = nextResiduals;
                damping /= 5;
            } else {
                damping *= 4;
            }
            if (gain > 0 && gain < 1e-12) {
                break;
            }
        }
        StepConstants fitted = constants(start, point);
        return new Calibration(
                fitted, Errors.of(measurements, start), Errors.of(measurements, fitted));
    }

    private static double[] step(
            List<Measurement> measurements,
            StepConstants start,
            double[] point,
            double[] origin,
            double[] residuals,
            double damping) {
        int size = point.length;
        double[][] slopes = new double[size][];
        for (int i = 0; i < size; i++) {
            double[] moved = point.clone();
            moved[i] += STEP;
            double[] there = residuals(measurements, start, moved, origin);
            slopes[i] = new double[there.length];
            for (int r = 0; r < there.length; r++) {
                slopes[i][r] = (there[r] - residuals[r]) / STEP;
            }
        }
        double[][] normal = new double[size][size];
        double[] right = new double[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                normal[i][j] = dot(slopes[i], slopes[j]);
            }
            right[i] = -dot(slopes[i], residuals);
            normal[i][i] += damping * (normal[i][i] + 1e-6);
        }
        double[] change = Cholesky.solve(normal, right);
        double[] next = point.clone();
        for (int i = 0; i < size; i++) {
            next[i] = Math.min(Math.log(MOST[i]), point[i] + Math.clamp(change[i], -0.5, 0.5));
        }
        return next;
    }

    /** One for each measurement, then the pull of each constant. */
    private static double[] residuals(
            List<Measurement> measurements, StepConstants start, double[] point, double[] origin) {
        StepConstants constants = constants(start, point);
        double[] residuals = new double[measurements.size() + point.length];
        int at = 0;
        for (Measurement measurement : measurements) {
            residuals[at++] = Math.log1p(measurement.error(constants));
        }
        for (int i = 0; i < point.length; i++) {
            residuals[at++] = PULL * (point[i] - origin[i]);
        }
        return residuals;
    }

    private static double[] logs(StepConstants constants) {
        double[] values = {
            constants.gemmPeakShare(),
            constants.gemmHalfSize(),
            constants.attentionPeakShare(),
            constants.layerTraffic(),
            constants.softmaxTraffic(),
            constants.linkShare(),
            constants.networkShare()
        };
        for (int i = 0; i < values.length; i++) {
            values[i] = StrictMath.log(Math.max(values[i], 1e-9));
        }
        return values;
    }

    private static StepConstants constants(StepConstants start, double[] logs) {
        return new StepConstants(
                StrictMath.exp(logs[0]),
                StrictMath.exp(logs[1]),
                StrictMath.exp(logs[2]),
                StrictMath.exp(logs[3]),
                StrictMath.exp(logs[4]),
                StrictMath.exp(logs[5]),
                StrictMath.exp(logs[6]),
                start.memoryShare(),
                start.headPeakShare());
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double squares(double[] values) {
        return dot(values, values);
    }
}
