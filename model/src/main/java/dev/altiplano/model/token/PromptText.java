package dev.altiplano.model.token;

import java.util.ArrayList;
import java.util.List;

/**
 * A prompt and which parts of it are trusted. Templates and our own code write trusted text, where
 * the text of a special token means that token; what users, tools and documents wrote is untrusted
 * and stays plain text, whatever it spells.
 *
 * @param trusted the trusted ranges of chars, in order, neither empty, touching nor overlapping
 */
public record PromptText(String text, List<Range> trusted) {

    /** The chars from {@code start} up to, but not with, {@code end}. */
    public record Range(int start, int end) {
        public Range {
            if (start < 0 || end <= start) {
                throw new IllegalArgumentException(
                        "expected 0 <= start < end, found [%d, %d)".formatted(start, end));
            }
        }
    }

    /** Throws {@link IllegalArgumentException} if the ranges do not lie so in the text. */
    public PromptText {
        trusted = List.copyOf(trusted);
        int free = -1;
        for (Range range : trusted) {
            if (range.start() <= free || range.end() > text.length()) {
                throw new IllegalArgumentException(
                        "expected ranges in order, apart and within %d chars, found %s"
                                .formatted(text.length(), trusted));
            }
            free = range.end();
        }
    }

    public static PromptText trusted(String text) {
        return builder().trusted(text).build();
    }

    public static PromptText untrusted(String text) {
        return new PromptText(text, List.of());
    }

    public static PromptText concat(List<PromptText> parts) {
        Builder builder = builder();
        parts.forEach(builder::append);
        return builder.build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Whether every char from {@code start} up to {@code end} is trusted. */
    public boolean isTrusted(int start, int end) {
        int low = 0;
        int high = trusted.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Range range = trusted.get(middle);
            if (range.end() <= start) {
                low = middle + 1;
            } else if (range.start() > start) {
                high = middle - 1;
            } else {
                return end <= range.end();
            }
        }
        return false;
    }

    /** Collects a prompt from left to right; trusted parts that touch become one range. */
    public static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private final List<Range> trusted = new ArrayList<>();

        private Builder() {}

        public Builder trusted(String part) {
            int start = text.length();
            text.append(part);
            trust(start, text.length());
            return this;
        }

        public Builder untrusted(String part) {
            text.append(part);
            return this;
        }

        public Builder append(PromptText part) {
            int offset = text.length();
            text.append(part.text);
            part.trusted.forEach(range -> trust(offset + range.start(), offset + range.end()));
            return this;
        }

        private void trust(int start, int end) {
            if (start == end) {
                return;
            }
            if (!trusted.isEmpty() && trusted.getLast().end() == start) {
                trusted.add(new Range(trusted.removeLast().start(), end));
            } else {
                trusted.add(new Range(start, end));
            }
        }

        public PromptText build() {
            return new PromptText(text.toString(), trusted);
        }
    }
}
