package dev.altiplano.cli;

import java.util.Optional;

/**
 * One thing that {@code doctor} looked at.
 *
 * @param remedy what to do about it, if anything is wrong or could be better
 */
record Finding(Verdict verdict, String subject, String found, Optional<String> remedy) {
    /** How good it is. */
    enum Verdict {
        GOOD("ok"),
        SLOW("slow"),
        BROKEN("wrong");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static Finding good(String subject, String found) {
        return new Finding(Verdict.GOOD, subject, found, Optional.empty());
    }

    static Finding slow(String subject, String found, String remedy) {
        return new Finding(Verdict.SLOW, subject, found, Optional.of(remedy));
    }

    static Finding broken(String subject, String found, String remedy) {
        return new Finding(Verdict.BROKEN, subject, found, Optional.of(remedy));
    }
}
