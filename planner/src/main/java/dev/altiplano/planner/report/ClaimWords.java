package dev.altiplano.planner.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the claims' checker says, in the reader's language. Its phrases are keys of the messages
 * ({@code phrase.as-written}); its notes are sentences with figures in them.
 */
final class ClaimWords {
    private static final Pattern WORDS = Pattern.compile("\\(([^)]*\\p{L}{3}[^)]*)\\)");
    private static final Pattern DECIMAL_POINT = Pattern.compile("(?<=\\d)\\.(?=\\d)");

    private static final List<Note> NOTES =
            List.of(
                    new Note(
                            "(.+) as printed allows ± ([^,]+)(?:, and what .*)?", "note.tolerance"),
                    new Note("about (.+) allows ± ([^,]+)(?:, and what .*)?", "note.about"),
                    new Note("nearest: .*", ""),
                    new Note(
                            "layout does not multiply: .* \\(a last factor of (.+) would fit\\)",
                            "note.layout"),
                    new Note("(.+) is outside (.+) to (.+); probably (.+) was meant", "note.range"),
                    new Note("(\\d+) of (\\d+) readings fit; .*", "note.chance"),
                    new Note(
                            "the claim is off by a factor of (.+), as (.+) for (.+)\\?",
                            "note.factor"),
                    new Note("'(.+)' read as (.+), as in English", "note.read"));

    private static final List<Note> CONSTANTS =
            List.of(
                    new Note(
                            "(.+): TDP (.+) \\((.+), (.+)\\), with its host (.+) \\((.+), (.+)\\),"
                                    + " in training (.+) of it \\((.+), (.+)\\);"
                                    + " highest measured (.+) \\((.+)\\)",
                            "constant.chip"),
                    new Note(
                            "Power of network and storage over that of the nodes:"
                                    + " (.+) \\((.+), (.+)\\)",
                            "constant.network"),
                    new Note("PUE of (.+): (.+) \\((.+), (.+)\\)", "constant.pue"));

    private final Texts texts;

    ClaimWords(Texts texts) {
        this.texts = texts;
    }

    /** A sentence of the checker; {@code key} is empty where the table says it already. */
    private record Note(Pattern pattern, String key) {
        Note(String pattern, String key) {
            this(Pattern.compile(pattern), key);
        }
    }

    static String key(String phrase) {
        String slug = phrase.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
        return "phrase." + slug.replaceAll("^-|-$", "");
    }

    /** A name, a source or a constant. */
    String phrase(String phrase) {
        return texts.textOr(key(phrase), phrase);
    }

    /** Figures and operators with words in brackets. */
    String formula(String formula) {
        Matcher words = WORDS.matcher(formula);
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (words.find()) {
            out.append(figures(formula.substring(at, words.start())));
            String known = texts.textOr(key(words.group(1)), figures(words.group(1)));
            out.append('(').append(known).append(')');
            at = words.end();
        }
        return out.append(figures(formula.substring(at))).toString();
    }

    private String figures(String text) {
        return decimals(text)
                .replace("gpu*hours", "GPU·h")
                .replace("GPU*hours", "GPU·h")
                .replace("network and storage", "(" + phrase("network and storage") + ")")
                .replace(" PUE", " (PUE)")
                .replace(" gpu ", " GPU ")
                .replace("nodes", phrase("nodes"));
    }

    private String decimals(String text) {
        return texts.language() == Language.ES ? DECIMAL_POINT.matcher(text).replaceAll(",") : text;
    }

    /** A figure that decides, with its grade and source. */
    String constant(String constant) {
        String message = texts.messages().get(key(constant));
        return message != null ? message : said(CONSTANTS, constant).orElse(constant);
    }

    /** Empty if the table of readings says it already. */
    Optional<String> note(String note) {
        return said(NOTES, note);
    }

    private Optional<String> said(List<Note> sentences, String sentence) {
        for (Note known : sentences) {
            Matcher found = known.pattern().matcher(sentence);
            if (found.matches()) {
                return known.key().isEmpty()
                        ? Optional.empty()
                        : Optional.of(texts.text(known.key(), values(found)));
            }
        }
        return Optional.of(sentence);
    }

    private Object[] values(Matcher found) {
        Object[] values = new Object[found.groupCount()];
        for (int i = 0; i < values.length; i++) {
            String value = found.group(i + 1);
            values[i] = texts.textOr("grade." + value, formula(value));
        }
        return values;
    }
}
