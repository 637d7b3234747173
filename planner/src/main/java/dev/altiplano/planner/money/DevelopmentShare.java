package dev.altiplano.planner.money;

/**
 * What frontier models cost to develop, by part, to hold a plan's own shares against (Epoch AI,
 * stated): power is a limit more than a cost.
 */
public enum DevelopmentShare {
    HARDWARE(0.47, 0.67),
    STAFF(0.29, 0.49),
    ENERGY(0.02, 0.06);

    private final double low;
    private final double high;

    DevelopmentShare(double low, double high) {
        this.low = low;
        this.high = high;
    }

    public double low() {
        return low;
    }

    public double high() {
        return high;
    }

    public boolean contains(double share) {
        return share >= low && share <= high;
    }
}
