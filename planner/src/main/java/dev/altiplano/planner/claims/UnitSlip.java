package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Dimension;
import java.util.Arrays;
import java.util.Optional;

/** Factors by which claims are wrong when a unit slipped. */
enum UnitSlip {
    THOUSAND(
            1e3,
            Said.of("a thousand, as kg/MWh for kg/kWh, kW for MW, or per thousand for a fraction")),
    MILLION(1e6, Said.of("a million, as millions left out or billion for billón turned round")),
    HUNDRED(1e2, Said.of("a hundred, as cents for dollars or percent for a fraction")),
    BYTES(8, Said.of("8, as bits for bytes")),
    MEBI(1.048576, Said.of("1.049, as MB for MiB")),
    GIBI(1.073741824, Said.of("1.074, as GB for GiB")),
    SPARSE(2, Said.of("2, as sparse FLOP/s for dense ones")),
    JOULE(3.6, Said.of("3.6, as MJ for kWh")),
    DAY(24, Said.of("24, as days for hours")),
    HOUR(60, Said.of("60, as minutes for hours")),
    SECONDS(3_600, Said.of("3,600, as seconds for hours"));

    private static final double NEAR = 0.012;

    private final double factor;

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final Said what;

    UnitSlip(double factor, Said what) {
        this.factor = factor;
        this.what = what;
    }

    /** What a ratio of computed to claimed looks like; a hint, which makes no claim pass. */
    static Optional<Said> find(double ratio, Dimension measured) {
        double size = ratio < 1 ? 1 / ratio : ratio;
        return Arrays.stream(values())
                .filter(slip -> slip != SPARSE || measured.equals(Dimensions.OPERATION_RATE))
                .filter(slip -> Math.abs(size / slip.factor - 1) < NEAR)
                .findFirst()
                .map(slip -> Said.of("the claim is off by a factor of {}?", slip.what));
    }
}
