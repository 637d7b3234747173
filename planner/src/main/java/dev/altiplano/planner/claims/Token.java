package dev.altiplano.planner.claims;

/** A piece of a sentence. */
sealed interface Token {
    /** As it stands in the sentence. */
    String text();

    /**
     * A number.
     *
     * @param glued whether a letter follows without a space, as in 1.5M
     */
    record Numeral(PrintedNumber number, boolean glued, String text) implements Token {}

    /** Letters and digits that begin with a letter, or a sign such as $ or %. */
    record Word(String text) implements Token {}

    /** One operator character. */
    record Symbol(char symbol) implements Token {
        @Override
        public String text() {
            return String.valueOf(symbol);
        }
    }
}
