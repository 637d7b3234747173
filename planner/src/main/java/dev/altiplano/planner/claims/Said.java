package dev.altiplano.planner.claims;

import java.util.Arrays;
import java.util.List;

/**
 * What the checker says, in pieces that another language can put together anew. {@link #toString}
 * is plain English. Immutable.
 *
 * @param text of {@link Kind#WORDS} with {@code {}} for each part
 * @param parts what stands in the gaps; empty for the other kinds
 */
public record Said(Kind kind, String text, List<Said> parts) {
    /** What a piece is made of. */
    public enum Kind {
        /** English words: every language has its own. */
        WORDS,
        /** Numbers, signs and units: every language writes its own decimal sign. */
        FIGURES,
        /** As somebody else wrote it. */
        QUOTED
    }

    private static final String GAP = "{}";

    public Said {
        parts = List.copyOf(parts);
        int gaps = text.split("\\{}", -1).length - 1;
        if (kind == Kind.WORDS && !parts.isEmpty() && gaps != parts.size()) {
            throw new IllegalArgumentException("%d parts for '%s'".formatted(parts.size(), text));
        }
    }

    /**
     * Words with parts, which are figures unless they are {@code Said}. The template has to be a
     * literal, so that a test can hold the translations against the sources.
     */
    static Said of(String template, Object... parts) {
        return new Said(
                Kind.WORDS,
                template,
                Arrays.stream(parts)
                        .map(part -> part instanceof Said said ? said : figures(part.toString()))
                        .toList());
    }

    /** A name or a source that stands in a file. */
    static Said named(String name) {
        return new Said(Kind.WORDS, name, List.of());
    }

    static Said figures(String figures) {
        return new Said(Kind.FIGURES, figures, List.of());
    }

    static Said quoted(String text) {
        return new Said(Kind.QUOTED, text, List.of());
    }

    /** The same with no figure or quotation longer than {@code charactersMax}. */
    Said shortened(int charactersMax) {
        String shown =
                kind == Kind.WORDS || text.length() <= charactersMax
                        ? text
                        : text.substring(0, charactersMax) + "…";
        return new Said(
                kind, shown, parts.stream().map(part -> part.shortened(charactersMax)).toList());
    }

    @Override
    public String toString() {
        return saidWith(parts.stream().map(Said::toString).toList());
    }

    /** The words with {@code values} in the places of the parts. */
    public String saidWith(List<String> values) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (String value : values) {
            int gap = text.indexOf(GAP, from);
            out.append(text, from, gap).append(value);
            from = gap + GAP.length();
        }
        return out.append(text.substring(from)).toString();
    }
}
