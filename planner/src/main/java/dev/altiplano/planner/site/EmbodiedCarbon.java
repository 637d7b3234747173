package dev.altiplano.planner.site;

/** Of making the hardware, the part that falls to the hours of its life that were used. */
public record EmbodiedCarbon(double kilograms) implements Carbon<EmbodiedCarbon> {
    @Override
    public EmbodiedCarbon ofKilograms(double newKilograms) {
        return new EmbodiedCarbon(newKilograms);
    }

    /**
     * {@code embodied x hours / life}.
     *
     * @param kilogramsEach of making one piece
     * @param hours of use, of all pieces together
     * @param lifeHours of one piece
     */
    public static EmbodiedCarbon of(double kilogramsEach, double hours, double lifeHours) {
        return new EmbodiedCarbon(kilogramsEach * hours / lifeHours);
    }
}
