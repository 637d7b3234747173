package dev.altiplano.model.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Python's string operations, which keep the origin of every char. */
final class TextOperations {
    /** Which ends of a text an operation works on. */
    enum Side {
        LEFT,
        RIGHT,
        BOTH
    }

    private TextOperations() {}

    /** Without the whitespace, or the characters of {@code unwanted}, at its ends. */
    static Text strip(Text text, Optional<Text> unwanted, Side side) {
        String chars = text.chars();
        int start = 0;
        int end = chars.length();
        if (side != Side.RIGHT) {
            while (start < end && isUnwanted(chars.codePointAt(start), unwanted)) {
                start += Character.charCount(chars.codePointAt(start));
            }
        }
        if (side != Side.LEFT) {
            while (end > start && isUnwanted(chars.codePointBefore(end), unwanted)) {
                end -= Character.charCount(chars.codePointBefore(end));
            }
        }
        return text.slice(start, end);
    }

    private static boolean isUnwanted(int codePoint, Optional<Text> unwanted) {
        return unwanted.isPresent()
                ? unwanted.get().chars().indexOf(codePoint) >= 0
                : Characters.isSpace(codePoint);
    }

    static Text lower(Text text) {
        return text.map(part -> part.toLowerCase(Locale.ROOT));
    }

    static Text upper(Text text) {
        return text.map(part -> part.toUpperCase(Locale.ROOT));
    }

    /** The first character as in a title, the others small. */
    static Text capitalize(Text text) {
        return mapCharacters(
                text, (before, codePoint) -> before < 0 ? titled(codePoint) : lowered(codePoint));
    }

    /** {@code str.title()}: a letter after a letter is small, any other is large. */
    static Text title(Text text) {
        return mapCharacters(
                text,
                (before, codePoint) ->
                        before >= 0 && Characters.isCased(before)
                                ? lowered(codePoint)
                                : titled(codePoint));
    }

    /** The filter {@code title}: what follows a blank, a hyphen or an opening bracket is large. */
    static Text titleWords(Text text) {
        return mapCharacters(
                text,
                (before, codePoint) ->
                        before < 0 || isWordBorder(before)
                                ? Character.toString(codePoint).toUpperCase(Locale.ROOT)
                                : lowered(codePoint));
    }

    private static boolean isWordBorder(int codePoint) {
        return "-({[<".indexOf(codePoint) >= 0 || Characters.isSpace(codePoint);
    }

    static Text swapCase(Text text) {
        return mapCharacters(
                text,
                (_, codePoint) ->
                        Character.isUpperCase(codePoint)
                                ? lowered(codePoint)
                                : Character.toString(codePoint).toUpperCase(Locale.ROOT));
    }

    private static String lowered(int codePoint) {
        return Character.toString(codePoint).toLowerCase(Locale.ROOT);
    }

    private static String titled(int codePoint) {
        int title = Character.toTitleCase(codePoint);
        String upper = Character.toString(codePoint).toUpperCase(Locale.ROOT);
        // A ligature or sharp s has no title case of its own: its first letter alone is large.
        return title == codePoint && upper.length() > 1 && !Character.isTitleCase(codePoint)
                ? upper.charAt(0) + upper.substring(1).toLowerCase(Locale.ROOT)
                : Character.toString(title);
    }

    /** What a character becomes, given the one before it, which is -1 at the start. */
    private interface CharacterChange {
        String apply(int before, int codePoint);
    }

    private static Text mapCharacters(Text text, CharacterChange change) {
        Text.Builder result = Text.builder();
        int before = -1;
        for (Text.Run run : text.runs()) {
            StringBuilder changed = new StringBuilder(run.chars().length());
            for (int i = 0; i < run.chars().length(); ) {
                int codePoint = run.chars().codePointAt(i);
                changed.append(change.apply(before, codePoint));
                before = codePoint;
                i += Character.charCount(codePoint);
            }
            result.append(changed.toString(), run.isTrusted());
        }
        return result.build();
    }

    /** Replaces the first {@code count} places of {@code old}; all if {@code count} is negative. */
    static Text replace(Session session, Text text, Text old, Text replacement, int count) {
        session.chargeText(text.length());
        String chars = text.chars();
        Text.Builder result = Text.builder();
        int done = 0;
        int found = old.isEmpty() ? 0 : chars.indexOf(old.chars());
        for (int i = 0; found >= 0 && i != count; i++) {
            session.requireText((long) result.length() + replacement.length());
            session.chargeText(replacement.length());
            result.append(text.slice(done, found)).append(replacement);
            done = found + old.length();
            found = nextPlace(chars, old.chars(), found);
        }
        return result.append(text.slice(done, chars.length())).build();
    }

    /** An empty text is found before every character and at the end. */
    private static int nextPlace(String chars, String old, int found) {
        if (!old.isEmpty()) {
            return chars.indexOf(old, found + old.length());
        }
        return found == chars.length() ? -1 : found + Character.charCount(chars.codePointAt(found));
    }

    /** The parts between {@code separator}; at most {@code splits} cuts unless it is negative. */
    static List<Value> split(Text text, Text separator, int splits) {
        List<Value> parts = new ArrayList<>();
        int done = 0;
        int found = text.chars().indexOf(separator.chars());
        while (found >= 0 && parts.size() != splits) {
            parts.add(text.slice(done, found));
            done = found + separator.length();
            found = text.chars().indexOf(separator.chars(), done);
        }
        parts.add(text.slice(done, text.length()));
        return parts;
    }

    /** As {@link #split}, cutting from the end. */
    static List<Value> splitFromEnd(Text text, Text separator, int splits) {
        List<Value> parts = new ArrayList<>();
        int done = text.length();
        int found = text.chars().lastIndexOf(separator.chars());
        while (found >= 0 && parts.size() != splits) {
            parts.add(text.slice(found + separator.length(), done));
            done = found;
            found = found == 0 ? -1 : lastIndexBefore(text.chars(), separator.chars(), found);
        }
        parts.add(text.slice(0, done));
        Collections.reverse(parts);
        return parts;
    }

    private static int lastIndexBefore(String chars, String part, int end) {
        return end < part.length() ? -1 : chars.lastIndexOf(part, end - part.length());
    }

    /** The words between whitespace; what is left after {@code splits} cuts is the last one. */
    static List<Value> words(Text text, int splits) {
        String chars = text.chars();
        List<Value> words = new ArrayList<>();
        int start = skipSpace(chars, 0);
        while (start < chars.length() && words.size() != splits) {
            int end = start;
            while (end < chars.length() && !Characters.isSpace(chars.charAt(end))) {
                end++;
            }
            words.add(text.slice(start, end));
            start = skipSpace(chars, end);
        }
        if (start < chars.length()) {
            words.add(text.slice(start, chars.length()));
        }
        return words;
    }

    /** As {@link #words}, cutting from the end. */
    static List<Value> wordsFromEnd(Text text, int splits) {
        String chars = text.chars();
        List<Value> words = new ArrayList<>();
        int end = skipSpaceBackwards(chars, chars.length());
        while (end > 0 && words.size() != splits) {
            int start = end;
            while (start > 0 && !Characters.isSpace(chars.charAt(start - 1))) {
                start--;
            }
            words.add(text.slice(start, end));
            end = skipSpaceBackwards(chars, start);
        }
        if (end > 0) {
            words.add(text.slice(0, end));
        }
        Collections.reverse(words);
        return words;
    }

    /** No blank lies outside the basic plane, so chars will do for code points. */
    private static int skipSpace(String chars, int from) {
        int index = from;
        while (index < chars.length() && Characters.isSpace(chars.charAt(index))) {
            index++;
        }
        return index;
    }

    private static int skipSpaceBackwards(String chars, int from) {
        int index = from;
        while (index > 0 && Characters.isSpace(chars.charAt(index - 1))) {
            index--;
        }
        return index;
    }

    /** The lines, with or without what ends them. */
    static List<Text> lines(Text text, boolean keepsEnds) {
        List<Text> lines = new ArrayList<>();
        String chars = text.chars();
        int start = 0;
        for (int i = 0; i < chars.length(); i++) {
            if (!Characters.isLineEnd(chars.charAt(i))) {
                continue;
            }
            int next = chars.startsWith("\r\n", i) ? i + 2 : i + 1;
            lines.add(text.slice(start, keepsEnds ? next : i));
            start = next;
            i = next - 1;
        }
        if (start < chars.length()) {
            lines.add(text.slice(start, chars.length()));
        }
        return lines;
    }

    /** Filled up with {@code fill} to {@code width} characters; {@code side} is where it stands. */
    static Text pad(Session session, Text text, int width, Text fill, Side side) {
        int missing = width - text.chars().codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        session.chargeText((long) text.length() + missing);
        int left =
                switch (side) {
                    case LEFT -> 0;
                    case RIGHT -> missing;
                    // Python puts the odd blank to the left of a text of odd width only.
                    case BOTH -> missing / 2 + (missing & width & 1);
                };
        return repeat(fill, left).append(text).append(repeat(fill, missing - left).build()).build();
    }

    private static Text.Builder repeat(Text fill, int count) {
        Text.Builder result = Text.builder();
        for (int i = 0; i < count; i++) {
            result.append(fill);
        }
        return result;
    }

    static Text join(Session session, Text separator, Iterable<Text> parts) {
        Text.Builder result = Text.builder();
        boolean isFirst = true;
        for (Text part : parts) {
            long added = (long) separator.length() + part.length();
            session.requireText(result.length() + added);
            session.chargeText(added);
            if (!isFirst) {
                result.append(separator);
            }
            result.append(part);
            isFirst = false;
        }
        return result.build();
    }

    static boolean isLower(String chars) {
        return chars.codePoints().anyMatch(Characters::isCased)
                && chars.codePoints()
                        .noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }

    static boolean isUpper(String chars) {
        return chars.codePoints().anyMatch(Characters::isCased)
                && chars.codePoints()
                        .noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }
}
