package dev.altiplano.planner.report;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.claims.ClaimResult;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;

/**
 * The planner's page on a server: a form whose answer and whose pictures are computed anew as its
 * numbers change. Immutable, safe for many threads.
 */
public final class LivePage {
    private final Catalog catalog;
    private final Chip chip;
    private final Pictures first;

    /** Computes what the page shows at first. */
    public LivePage(Catalog catalog) {
        this.catalog = catalog;
        chip = Chip.h100(catalog);
        first = pictures(PowerQuestion.OF_THE_PRESS, () -> false);
    }

    /**
     * A picture of the page as it should be now.
     *
     * @param id of the element to be replaced
     */
    public record Picture(String id, String html) {}

    /** The whole page, whose style sheet and script lie under {@code /plan/}. */
    public String html(Language language) {
        Texts texts = Texts.of(language);
        PowerQuestion question = PowerQuestion.OF_THE_PRESS;
        return new PageFrame(
                        texts,
                        view(texts, question),
                        "<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">"
                                + "<link rel=\"stylesheet\" href=\"/plan/report.css\">"
                                + "<script src=\"/plan/report.js\"></script>",
                        navigation(texts),
                        "<div class=\"controls\">"
                                + PowerForm.html(texts, question)
                                + "<noscript>"
                                + Html.element("p", texts.text("form.script"))
                                + "</noscript></div>",
                        ClaimBox.form(texts),
                        first.all(texts).stream()
                                .map(section -> marked(section.html(texts)))
                                .toList(),
                        texts.text("footer"))
                .html();
    }

    /** The part of the first screen that follows the form. */
    public String answer(Language language, PowerQuestion question) {
        return view(Texts.of(language), question).html();
    }

    /** The question as a heading, which follows the form too. */
    public String title(Language language, PowerQuestion question) {
        return view(Texts.of(language), question).title();
    }

    /** The answer in one sentence of plain text. */
    public String sentence(Language language, PowerQuestion question) {
        return view(Texts.of(language), question).sentence();
    }

    /**
     * The pictures that {@code question} changes.
     *
     * @param marks {@code data-mark} of the pictures that the reader has
     * @throws PlannerException if no run fits such a cluster
     * @throws java.util.concurrent.CancellationException soon after {@code isCancelled} says so
     */
    public List<Picture> changed(
            Language language,
            PowerQuestion question,
            Set<String> marks,
            BooleanSupplier isCancelled) {
        Texts texts = Texts.of(language);
        List<Picture> changed = new ArrayList<>();
        for (Section section : pictures(question, isCancelled).all(texts)) {
            String html = section.html(texts);
            if (!marks.contains(mark(html))) {
                changed.add(new Picture(section.id(), marked(html)));
            }
        }
        return changed;
    }

    /**
     * A sentence of the reader's own, judged.
     *
     * @param html what the page puts in place
     * @param spoken the verdict in plain text
     */
    public record Judged(String html, String spoken) {}

    /**
     * Whether {@code sentence} can be true at a site with {@code pue}, for sentences that give no
     * PUE of their own.
     */
    public Judged judged(Language language, String sentence, double pue) {
        Texts texts = Texts.of(language);
        ClaimResult result = PlanClaims.checker(catalog, pue).check(sentence);
        return new Judged(ClaimBox.answer(texts, result), ClaimBox.spoken(texts, result));
    }

    /** What is wrong with a sentence before it is read, in the reader's words. */
    public static Optional<String> sentenceProblem(Language language, String sentence) {
        Texts texts = Texts.of(language);
        if (sentence.isBlank()) {
            return Optional.of(texts.text("check.empty"));
        }
        return sentence.length() <= ClaimBox.CHARACTERS_MAX
                ? Optional.empty()
                : Optional.of(texts.text("check.long", texts.whole(ClaimBox.CHARACTERS_MAX)));
    }

    /** Why there are no pictures for a cluster that is too small for the model. */
    public static String tooSmall(Language language) {
        Texts texts = Texts.of(language);
        return texts.text("pictures.small", texts.whole(ExamplePlan.GPUS_MIN));
    }

    /** Why there are no pictures where the simulation was given up. */
    public static String tooSlow(Language language) {
        return Texts.of(language).text("pictures.slow");
    }

    private Pictures pictures(PowerQuestion question, BooleanSupplier isCancelled) {
        return Pictures.of(catalog, study(question, isCancelled), PowerAnswer.of(question, chip));
    }

    private Study study(PowerQuestion question, BooleanSupplier isCancelled) {
        try {
            return Study.of(ExamplePlan.of(catalog, question), isCancelled);
        } catch (PlannerException e) {
            if (e.problems().getFirst().code() != ErrorCode.E303) {
                throw e;
            }
            // Layout, memory and step stay what they are; only nothing may run.
            return Study.refused(
                    ExamplePlan.of(catalog, question.withoutCap()), Study.Refusal.CAP_TOO_LOW);
        }
    }

    private AnswerView view(Texts texts, PowerQuestion question) {
        return new AnswerView(texts, PowerAnswer.of(question, chip));
    }

    private static String marked(String html) {
        return "<section data-mark=\"" + mark(html) + "\"" + html.substring("<section".length());
    }

    private static String mark(String html) {
        CRC32 sum = new CRC32();
        sum.update(html.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    private static String navigation(Texts texts) {
        StringBuilder out = new StringBuilder("<a href=\"/\">");
        out.append(texts.html("navigation.chat")).append("</a>");
        for (Language language : Language.values()) {
            boolean current = language == texts.language();
            out.append(
                    "<a href=\"/plan/%s\" lang=\"%s\" hreflang=\"%s\"%s>%s</a>"
                            .formatted(
                                    language.code(),
                                    language.code(),
                                    language.code(),
                                    current ? " aria-current=\"page\"" : "",
                                    Texts.of(language).html("language.name")));
        }
        return out.append(Html.themeButton(texts)).toString();
    }
}
