package dev.altiplano.planner.quantity;

/** What the accelerators draw, without their hosts. */
public record AcceleratorPower(double watts) implements Power<AcceleratorPower> {
    @Override
    public AcceleratorPower ofWatts(double newWatts) {
        return new AcceleratorPower(newWatts);
    }

    /** Adds what the hosts of these accelerators draw. */
    public NodePower withHosts(double hostWatts) {
        return new NodePower(watts + hostWatts);
    }
}
