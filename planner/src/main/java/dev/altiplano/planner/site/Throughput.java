package dev.altiplano.planner.site;

/** Tokens of a day that a number of accelerators train on. */
@FunctionalInterface
public interface Throughput {
    /** With {@code gpus} accelerators at full speed. */
    double tokensPerDay(long gpus);

    /** As if each accelerator brought the same, whatever their number. */
    static Throughput linear(double tokensPerDayAndGpu) {
        return gpus -> gpus * tokensPerDayAndGpu;
    }
}
