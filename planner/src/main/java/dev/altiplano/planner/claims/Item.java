package dev.altiplano.planner.claims;

/** One part of a sentence after its words were looked up. */
sealed interface Item {
    /** A number with a unit, or a thing that is counted. */
    record Value(Measure measure) implements Item {}

    /** A word that joins or qualifies, as it stood. */
    record Word(Meaning meaning, String text) implements Item {
        boolean is(Meaning other) {
            return meaning == other;
        }
    }

    default boolean means(Meaning meaning) {
        return this instanceof Word word && word.is(meaning);
    }
}
