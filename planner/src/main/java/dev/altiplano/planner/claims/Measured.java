package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Dimension;
import java.util.Locale;

/** What a unit measures, in words: {@code power x time}. */
final class Measured {
    private Measured() {}

    static Said said(Dimension dimension) {
        Said said = Said.of("number");
        boolean begun = false;
        for (Dimension.Base base : dimension.exponents().keySet()) {
            Said name = Said.named(base.name().toLowerCase(Locale.ROOT));
            for (int i = 0; i < dimension.exponents().get(base); i++) {
                said = begun ? Said.of("{} x {}", said, name) : name;
                begun = true;
            }
        }
        for (Dimension.Base base : dimension.exponents().keySet()) {
            Said name = Said.named(base.name().toLowerCase(Locale.ROOT));
            for (int i = 0; i > dimension.exponents().get(base); i--) {
                said = Said.of("{} / {}", said, name);
            }
        }
        return said;
    }
}
