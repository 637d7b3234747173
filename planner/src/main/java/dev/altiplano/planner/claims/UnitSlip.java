package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Dimension;
import java.util.Arrays;
import java.util.Optional;

/** Factors by which claims are wrong when a unit slipped. */
enum UnitSlip {
    THOUSAND(1e3, "a thousand, as kg/MWh for kg/kWh, kW for MW, or per thousand for a fraction"),
    MILLION(1e6, "a million, as millions left out or billion for billón turned round"),
    HUNDRED(1e2, "a hundred, as cents for dollars or percent for a fraction"),
    BYTES(8, "8, as bits for bytes"),
    MEBI(1.048576, "1.049, as MB for MiB"),
    GIBI(1.073741824, "1.074, as GB for GiB"),
    SPARSE(2, "2, as sparse FLOP/s for dense ones"),
    JOULE(3.6, "3.6, as MJ for kWh"),
    DAY(24, "24, as days for hours"),
    HOUR(60, "60, as minutes for hours"),
    SECONDS(3_600, "3,600, as seconds for hours");

    private static final double NEAR = 0.012;

    private final double factor;
    private final String what;

    UnitSlip(double factor, String what) {
        this.factor = factor;
        this.what = what;
    }

    /** What a ratio of computed to claimed looks like; a hint, which makes no claim pass. */
    static Optional<String> find(double ratio, Dimension measured) {
        double size = ratio < 1 ? 1 / ratio : ratio;
        return Arrays.stream(values())
                .filter(slip -> slip != SPARSE || measured.equals(Dimensions.OPERATION_RATE))
                .filter(slip -> Math.abs(size / slip.factor - 1) < NEAR)
                .findFirst()
                .map(slip -> "the claim is off by a factor of " + slip.what + "?");
    }
}
