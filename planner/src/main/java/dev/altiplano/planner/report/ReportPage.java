package dev.altiplano.planner.report;

import static dev.altiplano.planner.report.Html.escape;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.catalog.Catalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The planner's page: a question of power that anybody can follow, then the pictures of one plan.
 * As a page of the server its sliders compute; as a single file it stands alone, without a network.
 * Immutable, safe for many threads.
 */
public final class ReportPage {
    private final Catalog catalog;
    private final Plan plan;

    /** The page of {@code plan}. */
    public ReportPage(Catalog catalog, Plan plan) {
        this.catalog = catalog;
        this.plan = plan;
    }

    /** What the style sheet's and the script's links point to in {@link #served}. */
    public static byte[] resource(String name) {
        try (InputStream stream =
                Objects.requireNonNull(ReportPage.class.getResourceAsStream(name), name)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** The page of a server: style sheet and script under {@code /plan/}, and the form. */
    public String served(Language language) {
        Texts texts = Texts.of(language);
        PowerQuestion question = PowerQuestion.OF_THE_PRESS;
        return page(
                texts,
                question,
                "<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">"
                        + "<link rel=\"stylesheet\" href=\"/plan/report.css\">"
                        + "<script src=\"/plan/report.js\"></script>",
                navigation(texts),
                PowerForm.html(texts, question)
                        + "<noscript>"
                        + Html.element("p", texts.text("form.script"))
                        + "</noscript>");
    }

    /** One file that needs nothing else. The question is about the plan's own cluster. */
    public String selfContained(Language language) {
        Texts texts = Texts.of(language);
        String style = new String(resource("report.css"), StandardCharsets.UTF_8);
        String script = new String(resource("report.js"), StandardCharsets.UTF_8);
        return page(
                texts,
                PlanQuestion.of(plan),
                "<style>" + style + "</style><script>" + script + "</script>",
                "<button type=\"button\" id=\"theme\">" + texts.html("theme") + "</button>",
                Html.element("p", texts.text("form.static")));
    }

    /** The tables of the page as Markdown. */
    public String markdown(Language language) {
        Texts texts = Texts.of(language);
        PowerAnswer answer = PowerAnswer.of(PlanQuestion.of(plan), catalog);
        AnswerView view = new AnswerView(texts, answer);
        StringBuilder out = new StringBuilder();
        out.append("# ").append(view.title()).append("\n\n");
        out.append(view.sentence()).append("\n\n").append(view.table().markdown()).append('\n');
        view.lines(answer.question().reading())
                .forEach(line -> out.append("1. ").append(line).append('\n'));
        out.append('\n');
        sections(texts, answer).forEach(section -> out.append(section.markdown()));
        return out.toString();
    }

    /** The part of the first screen that follows the sliders. */
    public String answer(Language language, PowerQuestion question) {
        return view(Texts.of(language), question).html();
    }

    /** The question as a heading, which follows the sliders too. */
    public String title(Language language, PowerQuestion question) {
        return view(Texts.of(language), question).title();
    }

    /** The answer in one sentence of plain text. */
    public String sentence(Language language, PowerQuestion question) {
        return view(Texts.of(language), question).sentence();
    }

    private AnswerView view(Texts texts, PowerQuestion question) {
        return new AnswerView(texts, PowerAnswer.of(question, catalog));
    }

    private String page(
            Texts texts, PowerQuestion question, String head, String navigation, String form) {
        AnswerView view = view(texts, question);
        StringBuilder out = new StringBuilder("<!doctype html><html lang=\"");
        out.append(texts.language().code())
                .append("\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<meta name=\"color-scheme\" content=\"light dark\"><title>")
                .append(escape(view.title()))
                .append(" – Altiplano</title>")
                .append(head)
                .append("</head><body><header><nav aria-label=\"")
                .append(texts.html("navigation"))
                .append("\">")
                .append(navigation)
                .append("</nav></header><main><section id=\"question\" aria-labelledby=\"title\">")
                .append("<h1 id=\"title\">")
                .append(escape(view.title()))
                .append("</h1>")
                .append(Html.element("p", texts.text("lead")))
                .append("<div class=\"screen\"><div class=\"controls\">")
                .append(form)
                .append("</div><div id=\"answer\">")
                .append(view.html())
                .append(
                        "</div></div><p id=\"spoken\" class=\"visually-hidden\" role=\"status\"></p>")
                .append(words(texts))
                .append("</section>");
        out.append(Html.element("h2", texts.text("run.title", plan.input().model().title())))
                .append(Html.element("p", summary(texts)));
        PowerAnswer answer = PowerAnswer.of(question, catalog);
        sections(texts, answer).forEach(section -> out.append(section.html(texts)));
        out.append("</main><footer>").append(Html.element("p", texts.text("limits")));
        return out.append("</footer></body></html>\n").toString();
    }

    private static String navigation(Texts texts) {
        StringBuilder out = new StringBuilder("<a href=\"/\">Altiplano</a>");
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
        return out.append("<button type=\"button\" id=\"theme\">")
                .append(texts.html("theme"))
                .append("</button>")
                .toString();
    }

    /** What the words of the first screen mean. */
    private static String words(Texts texts) {
        StringBuilder out = new StringBuilder("<details><summary>");
        out.append(texts.html("words")).append("</summary><dl>");
        for (String word : List.of("h100", "megawatt", "tdp", "node", "it", "pue", "meter")) {
            out.append(Html.element("dt", texts.text("word." + word)))
                    .append(Html.element("dd", texts.text("word." + word + ".meaning")));
        }
        return out.append("</dl></details>").toString();
    }

    private String summary(Texts texts) {
        var days = plan.failures().trainingDays().value();
        return texts.text(
                "run.lead",
                texts.whole(plan.compute().jobGpus()),
                texts.significant(plan.input().training().tokens() / 1e12, 4),
                texts.number(days.low(), 1),
                texts.number(days.likely(), 1),
                texts.number(days.high(), 1),
                texts.number(24 * plan.failures().stopsPerHour().likelyPerHour(), 1));
    }

    private List<Section> sections(Texts texts, PowerAnswer answer) {
        return new Pictures(texts, catalog, plan, answer).all();
    }
}
