package dev.altiplano.planner.site;

/** Location-based: the energy used, at the mean of the grid where it was used. */
public record LocationCarbon(double kilograms) implements Carbon<LocationCarbon> {
    @Override
    public LocationCarbon ofKilograms(double newKilograms) {
        return new LocationCarbon(newKilograms);
    }

    /** Of {@code energyKwh} at a factor in kilograms per kWh. */
    public static LocationCarbon of(double energyKwh, double kgPerKwh) {
        return new LocationCarbon(energyKwh * kgPerKwh);
    }
}
