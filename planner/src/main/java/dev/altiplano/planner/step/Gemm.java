package dev.altiplano.planner.step;

/**
 * A matmul [m, k] x [k, n] of one layer.
 *
 * @param count how many of it a mean layer has; a fraction where only some layers do
 */
record Gemm(String name, double m, double n, double k, double count) {
    double flops() {
        return count * 2 * m * n * k;
    }
}
