package dev.altiplano.planner.report;

import dev.altiplano.planner.claims.Said;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the claims' checker says, in the reader's language: its words are keys of the messages
 * ({@code phrase.as-written}), its figures are written as the language does.
 */
final class ClaimWords {
    private final Texts texts;
    private final FigureWriter figures;

    ClaimWords(Texts texts) {
        this.texts = texts;
        figures = new FigureWriter(texts);
    }

    /** Gaps are {@code _}. */
    static String key(String phrase) {
        String plain = phrase.toLowerCase(Locale.ROOT).replace("{}", "_");
        String slug = plain.replaceAll("[^a-z0-9._]+", "-");
        return "phrase." + slug.replaceAll("^-|-$", "");
    }

    /** A name or a source that stands in a file. */
    String phrase(String phrase) {
        return texts.textOr(key(phrase), phrase);
    }

    /** Words that have no message, such as those of a reader's own file, stay as they are. */
    String say(Said said) {
        return switch (said.kind()) {
            case QUOTED -> said.text();
            case FIGURES -> figures.write(said.text());
            case WORDS -> words(said);
        };
    }

    private String words(Said said) {
        List<String> values = said.parts().stream().map(this::say).toList();
        String key = key(said.text());
        return texts.messages().containsKey(key)
                ? texts.text(key, values.toArray())
                : said.saidWith(values);
    }

    /** Empty if the table of readings says it already: such notes have an empty message. */
    Optional<String> note(Said note) {
        return Optional.of(say(note)).filter(text -> !text.isEmpty());
    }
}
