package dev.altiplano.model.jinja;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A string whose chars know where they come from: the template's author, who is trusted, or the
 * conversation, which is not. The marks live through every operation, so that a control token in
 * the output can be told from a user's text that spells one.
 *
 * <p>Equal texts have equal chars; marks do not count, so a template compares what it sees.
 * Immutable.
 */
public final class Text implements Value {
    private static final int[] NOTHING = {};
    static final Text EMPTY = new Text("", NOTHING);

    private final String chars;

    /** Trusted ranges: start, end, start, end…; ascending, not empty, not touching. */
    private final int[] trusted;

    private Text(String chars, int[] trusted) {
        this.chars = chars;
        this.trusted = trusted;
    }

    /** A stretch of chars of one origin. */
    public record Run(String chars, boolean isTrusted) {}

    public static Text trusted(String chars) {
        return chars.isEmpty() ? EMPTY : new Text(chars, new int[] {0, chars.length()});
    }

    public static Text untrusted(String chars) {
        return chars.isEmpty() ? EMPTY : new Text(chars, NOTHING);
    }

    static Text of(String chars, boolean isTrusted) {
        return isTrusted ? trusted(chars) : untrusted(chars);
    }

    static Builder builder() {
        return new Builder();
    }

    public String chars() {
        return chars;
    }

    public int length() {
        return chars.length();
    }

    public boolean isEmpty() {
        return chars.isEmpty();
    }

    /** The text from left to right, cut where the origin changes. */
    public List<Run> runs() {
        List<Run> runs = new ArrayList<>(trusted.length + 1);
        int done = 0;
        for (int i = 0; i < trusted.length; i += 2) {
            addRun(runs, done, trusted[i], false);
            addRun(runs, trusted[i], trusted[i + 1], true);
            done = trusted[i + 1];
        }
        addRun(runs, done, chars.length(), false);
        return runs;
    }

    private void addRun(List<Run> runs, int start, int end, boolean isTrusted) {
        if (start < end) {
            runs.add(new Run(chars.substring(start, end), isTrusted));
        }
    }

    /** Whether all chars have one origin. */
    boolean isUniform() {
        return trusted.length == 0
                || (trusted.length == 2 && trusted[0] == 0 && trusted[1] == chars.length());
    }

    /** The chars from {@code start} up to {@code end}, counted in chars. */
    Text slice(int start, int end) {
        if (start == 0 && end == chars.length()) {
            return this;
        }
        if (start >= end) {
            return EMPTY;
        }
        String part = chars.substring(start, end);
        if (isUniform()) {
            return of(part, trusted.length > 0);
        }
        int first = firstRangeBeyond(start);
        int[] marks = new int[8];
        int count = 0;
        for (int i = first; i < trusted.length && trusted[i] < end; i += 2) {
            if (count == marks.length) {
                marks = Arrays.copyOf(marks, count * 2);
            }
            marks[count++] = Math.max(trusted[i], start) - start;
            marks[count++] = Math.min(trusted[i + 1], end) - start;
        }
        return new Text(part, Arrays.copyOf(marks, count));
    }

    /** The index in {@link #trusted} of the first range that ends behind {@code position}. */
    private int firstRangeBeyond(int position) {
        int found = Arrays.binarySearch(trusted, position);
        if (found >= 0) {
            return found + found % 2;
        }
        int insertion = -found - 1;
        // Before the end of a range, the position lies inside it.
        return insertion - insertion % 2;
    }

    /** Without the whitespace at both ends, as Python's {@code strip} has it. */
    public Text strip() {
        return TextOperations.strip(this, Optional.empty(), TextOperations.Side.BOTH);
    }

    Text plus(Text other) {
        if (isEmpty()) {
            return other;
        }
        return other.isEmpty() ? this : builder().append(this).append(other).build();
    }

    /** The text with {@code change} made to each run; the result keeps the run's origin. */
    Text map(UnaryOperator<String> change) {
        if (isUniform()) {
            return of(change.apply(chars), trusted.length > 0);
        }
        Builder result = builder();
        for (Run run : runs()) {
            result.append(change.apply(run.chars()), run.isTrusted());
        }
        return result.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && text.chars.equals(chars);
    }

    @Override
    public int hashCode() {
        return chars.hashCode();
    }

    @Override
    public String toString() {
        return chars;
    }

    /** Collects a text from left to right. */
    static final class Builder {
        private final StringBuilder chars = new StringBuilder();
        private int[] trusted = new int[8];
        private int count;

        private Builder() {}

        Builder append(Text text) {
            int offset = chars.length();
            chars.append(text.chars);
            for (int i = 0; i < text.trusted.length; i += 2) {
                mark(offset + text.trusted[i], offset + text.trusted[i + 1]);
            }
            return this;
        }

        Builder append(String part, boolean isTrusted) {
            int start = chars.length();
            chars.append(part);
            if (isTrusted && !part.isEmpty()) {
                mark(start, chars.length());
            }
            return this;
        }

        Builder trusted(String part) {
            return append(part, true);
        }

        /** Punctuation of printed lists and the like: no control token is ever made of it. */
        Builder untrusted(String part) {
            return append(part, false);
        }

        private void mark(int start, int end) {
            if (count > 0 && trusted[count - 1] == start) {
                trusted[count - 1] = end;
                return;
            }
            if (count == trusted.length) {
                trusted = Arrays.copyOf(trusted, count * 2);
            }
            trusted[count++] = start;
            trusted[count++] = end;
        }

        int length() {
            return chars.length();
        }

        Text build() {
            return chars.isEmpty()
                    ? EMPTY
                    : new Text(chars.toString(), Arrays.copyOf(trusted, count));
        }
    }
}
