package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Unit;
import java.util.List;
import java.util.Optional;

/**
 * {@code tp 8}, {@code tp=8}, {@code tp8}: a degree of a layout, a bare factor.
 *
 * @param end index of the first token after it
 */
record LayoutDegree(Measure measure, int end) {
    private static final int NAME_LETTERS = 2;
    private static final int DIGITS_MAX = 8;

    static Optional<LayoutDegree> find(List<Token> tokens, int at) {
        String word = tokens.get(at).text();
        String name = word.length() < NAME_LETTERS ? "" : word.substring(0, NAME_LETTERS);
        if (!Words.meaning(Words.plain(name)).equals(Optional.of(Meaning.DEGREE))) {
            return Optional.empty();
        }
        String digits = word.substring(NAME_LETTERS);
        if (!digits.isEmpty()) {
            boolean number =
                    digits.length() <= DIGITS_MAX
                            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
            return number
                    ? of(PrintedNumber.exactly(Integer.parseInt(digits)), at + 1)
                    : Optional.empty();
        }
        int next = at + 1;
        if (next < tokens.size() && tokens.get(next).text().equals("=")) {
            next++;
        }
        return next < tokens.size() && tokens.get(next) instanceof Token.Numeral number
                ? of(number.number(), next + 1)
                : Optional.empty();
    }

    private static Optional<LayoutDegree> of(PrintedNumber number, int end) {
        Measure measure = Measure.of(number, Unit.NONE).labelled(Meaning.DEGREE);
        return Optional.of(new LayoutDegree(measure, end));
    }
}
