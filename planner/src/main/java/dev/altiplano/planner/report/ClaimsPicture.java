package dev.altiplano.planner.report;

import dev.altiplano.planner.claims.ClaimResult;
import dev.altiplano.planner.claims.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Claims beside their arithmetic: what the plan's own numbers would say, those of one article, and
 * known errors of others.
 */
final class ClaimsPicture {
    private static final String ARTICLE = "ART";

    private final Texts texts;
    private final ClaimView view;
    private final PlanClaims claims;
    private final String question;

    private ClaimsPicture(Texts texts, PlanClaims claims, String question) {
        this.texts = texts;
        this.claims = claims;
        this.question = question;
        view = new ClaimView(texts);
    }

    /**
     * The section of the page.
     *
     * @param question the plan's own claim, in the reader's words
     */
    static Section of(Texts texts, PlanClaims claims, String question) {
        return new ClaimsPicture(texts, claims, question).section();
    }

    private Section section() {
        List<Fold.Group> groups = new ArrayList<>();
        own().ifPresent(groups::add);
        groups.add(group("claims.article", claim -> claim.equals(ARTICLE)));
        groups.add(group("claims.tables", claim -> !claim.equals(ARTICLE)));
        return new Section(
                        "claims",
                        texts.text("claims.title"),
                        lead(),
                        List.of(),
                        List.of(),
                        List.of(table()))
                .with(groups);
    }

    private String lead() {
        return texts.text(
                "claims.lead",
                texts.whole(claims.printed().size()),
                texts.whole(count(Verdict.CONSISTENT)),
                texts.whole(count(Verdict.CONSISTENT_ONLY_AS)),
                texts.whole(count(Verdict.INCONSISTENT)),
                texts.significant(claims.pue(), 4));
    }

    private long count(Verdict verdict) {
        return claims.printed().stream().filter(result -> result.verdict() == verdict).count();
    }

    private Optional<Fold.Group> own() {
        return claims.own()
                .map(
                        result ->
                                new Fold.Group(
                                        texts.text("claims.own"),
                                        List.of(view.fold(result, question))));
    }

    private Fold.Group group(String key, Predicate<String> source) {
        return new Fold.Group(
                texts.text(key),
                claims.printed().stream()
                        .filter(result -> source.test(result.claim().source()))
                        .map(result -> view.fold(result, title(result)))
                        .toList());
    }

    private String title(ClaimResult result) {
        return view.sentence(result) + " (" + view.source(result) + ")";
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
        claims.own().ifPresent(result -> row(table, result, question, texts.text("claims.here")));
        claims.printed()
                .forEach(result -> row(table, result, view.sentence(result), view.source(result)));
        return table;
    }

    private void row(DataTable table, ClaimResult result, String sentence, String source) {
        table.row(sentence, source, view.verdict(result), view.reading(result).orElse("–"));
    }
}
