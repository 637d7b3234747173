package dev.altiplano.planner.report;

import dev.altiplano.planner.claims.ClaimChecker;
import dev.altiplano.planner.claims.ClaimResult;
import dev.altiplano.planner.claims.ClaimsFile;
import dev.altiplano.planner.claims.Reading;
import dev.altiplano.planner.claims.Verdict;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Predicate;

/** Printed figures beside their arithmetic: those of one article, and known errors of others. */
final class ClaimsPicture {
    private static final String ARTICLE = "ART";

    private final Texts texts;
    private final ClaimWords words;
    private final List<ClaimResult> results;

    private ClaimsPicture(Texts texts, List<ClaimResult> results) {
        this.texts = texts;
        this.words = new ClaimWords(texts);
        this.results = results;
    }

    static Section of(Texts texts, List<ClaimResult> results) {
        return new ClaimsPicture(texts, results).section();
    }

    /** The claims of the catalogue, judged: the same for every plan. */
    static List<ClaimResult> builtIn() {
        return ClaimsFile.checkBuiltIn(ClaimChecker.standard());
    }

    private Section section() {
        return new Section(
                "claims",
                texts.text("claims.title"),
                texts.text(
                        "claims.lead",
                        texts.whole(results.size()),
                        texts.whole(count(Verdict.CONSISTENT)),
                        texts.whole(count(Verdict.CONSISTENT_ONLY_AS)),
                        texts.whole(count(Verdict.INCONSISTENT))),
                List.of(),
                List.of(),
                List.of(table()),
                List.of(
                        group("claims.article", claim -> claim.equals(ARTICLE)),
                        group("claims.tables", claim -> !claim.equals(ARTICLE))),
                List.of());
    }

    private long count(Verdict verdict) {
        return results.stream().filter(result -> result.verdict() == verdict).count();
    }

    private Fold.Group group(String key, Predicate<String> source) {
        return new Fold.Group(
                texts.text(key),
                results.stream()
                        .filter(result -> source.test(result.claim().source()))
                        .map(this::fold)
                        .toList());
    }

    private Fold fold(ClaimResult result) {
        List<String> lines = new ArrayList<>();
        result.notes().forEach(note -> words.note(note).ifPresent(lines::add));
        if (!result.constants().isEmpty()) {
            lines.add(
                    texts.text(
                            "claims.constants",
                            String.join(
                                    "; ",
                                    result.constants().stream().map(words::constant).toList())));
        }
        return new Fold(
                verdict(result),
                result.verdict().toString(),
                sentence(result) + " (" + words.phrase(result.claim().source()) + ")",
                readings(result),
                lines);
    }

    private String sentence(ClaimResult result) {
        return texts.textOr("claim." + result.claim().id(), result.claim().text());
    }

    private String verdict(ClaimResult result) {
        return texts.text("verdict." + result.verdict());
    }

    private DataTable readings(ClaimResult result) {
        DataTable table =
                new DataTable(
                                texts.text("claims.readings"),
                                texts.text("claims.reading"),
                                texts.text("claims.arithmetic"),
                                texts.text("claims.value"),
                                texts.text("claims.error"),
                                texts.text("claims.fits"))
                        .words(1, 4);
        Iterator<String> formulas = formulas(result.arithmetic()).iterator();
        for (Reading reading : result.readings()) {
            table.row(
                    words.phrase(reading.name()),
                    formulas.hasNext() ? words.formula(formulas.next()) : "",
                    value(reading),
                    error(reading),
                    texts.text(reading.fits() ? "yes" : "no"));
        }
        return table;
    }

    /** How each reading is computed; the line after it, which is indented, names the reading. */
    private static List<String> formulas(List<String> arithmetic) {
        List<String> formulas = new ArrayList<>();
        StringJoiner lines = new StringJoiner("; ");
        for (String line : arithmetic) {
            if (line.startsWith(" ")) {
                formulas.add(lines.toString());
                lines = new StringJoiner("; ");
            } else {
                lines.add(line);
            }
        }
        return formulas;
    }

    private String value(Reading reading) {
        String unit = reading.unit().replace("*hours", "·h");
        return texts.significant(reading.value(), 4) + (unit.isEmpty() ? "" : "\u00a0" + unit);
    }

    private String error(Reading reading) {
        String number = texts.number(100 * reading.error(), 1);
        String signed = reading.error() >= 0 ? "+" + number : number;
        return signed + "\u00a0" + (reading.unit().equals("%") ? texts.text("points") : "%");
    }

    private DataTable table() {
        DataTable table =
                new DataTable(
                                texts.text("claims.title"),
                                texts.text("claims.claim"),
                                texts.text("claims.source"),
                                texts.text("claims.verdict"),
                                texts.text("claims.reading"))
                        .words(1, 2, 3);
        for (ClaimResult result : results) {
            table.row(
                    sentence(result),
                    words.phrase(result.claim().source()),
                    verdict(result),
                    result.reading().map(words::phrase).orElse("–"));
        }
        return table;
    }
}
