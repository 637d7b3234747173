package dev.altiplano.planner.report;

import dev.altiplano.planner.claims.ClaimResult;
import dev.altiplano.planner.claims.Reading;
import dev.altiplano.planner.claims.Said;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A judged claim in the reader's words: verdict, readings with their arithmetic, notes. */
final class ClaimView {
    private final Texts texts;
    private final ClaimWords words;
    private final FigureWriter figures;

    ClaimView(Texts texts) {
        this.texts = texts;
        words = new ClaimWords(texts);
        figures = new FigureWriter(texts);
    }

    /** The built-in claims are told in both languages; others as they were written. */
    String sentence(ClaimResult result) {
        return texts.textOr("claim." + result.claim().id(), result.claim().text());
    }

    String source(ClaimResult result) {
        return words.phrase(result.claim().source());
    }

    String verdict(ClaimResult result) {
        return texts.text("verdict." + result.verdict());
    }

    Optional<String> reading(ClaimResult result) {
        return result.reading().map(words::say);
    }

    /** What the verdict means for this claim. */
    String explanation(ClaimResult result) {
        return switch (result.verdict()) {
            case CONSISTENT, CONSISTENT_ONLY_AS ->
                    texts.text("judged." + result.verdict(), reading(result).orElseThrow());
            case INCONSISTENT ->
                    nearest(result)
                            .map(
                                    near ->
                                            texts.text(
                                                    "judged.inconsistent",
                                                    words.say(near.name()),
                                                    value(near),
                                                    error(near)))
                            .orElseGet(() -> texts.text("judged.impossible"));
            case NOT_CHECKABLE ->
                    texts.text(
                            "judged.not-checkable",
                            result.notUnderstood().map(words::say).orElse(""));
        };
    }

    private static Optional<Reading> nearest(ClaimResult result) {
        return result.readings().stream()
                .min(Comparator.comparingDouble(reading -> Math.abs(reading.error())));
    }

    Fold fold(ClaimResult result, String title) {
        return new Fold(
                verdict(result),
                result.verdict().toString(),
                title,
                readings(result),
                lines(result));
    }

    /** What stands beneath the readings. */
    List<String> lines(ClaimResult result) {
        List<String> lines = new ArrayList<>();
        result.notes().stream()
                .filter(note -> !isEcho(note))
                .map(words::say)
                .filter(note -> !note.isEmpty())
                .forEach(lines::add);
        if (!result.constants().isEmpty()) {
            List<Said> constants = result.constants();
            lines.add(
                    texts.text(
                            "claims.constants",
                            String.join("; ", constants.stream().map(words::say).toList())));
        }
        return lines;
    }

    /** A number that was read as any reader of this language does. */
    private boolean isEcho(Said note) {
        return note.parts().size() == 2
                && note.parts().getFirst().kind() == Said.Kind.QUOTED
                && words.say(note.parts().getFirst()).equals(words.say(note.parts().getLast()));
    }

    DataTable readings(ClaimResult result) {
        DataTable table =
                new DataTable(
                                texts.text("claims.readings"),
                                texts.text("claims.reading"),
                                texts.text("claims.arithmetic"),
                                texts.text("claims.value"),
                                texts.text("claims.error"),
                                texts.text("claims.fits"))
                        .words(1, 4);
        for (Reading reading : result.readings()) {
            table.row(
                    words.say(reading.name()),
                    String.join("; ", reading.arithmetic().stream().map(words::say).toList()),
                    value(reading),
                    error(reading),
                    texts.text(reading.fits() ? "yes" : "no"));
        }
        return table;
    }

    private String value(Reading reading) {
        String unit = figures.write(reading.unit());
        return texts.significant(reading.value(), 4) + (unit.isEmpty() ? "" : "\u00a0" + unit);
    }

    private String error(Reading reading) {
        String number = texts.number(100 * reading.error(), 1);
        String signed = reading.error() >= 0 ? "+" + number : number;
        return signed + "\u00a0" + (reading.unit().equals("%") ? texts.text("points") : "%");
    }
}
