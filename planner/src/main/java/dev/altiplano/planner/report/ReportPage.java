package dev.altiplano.planner.report;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.catalog.Catalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The report of one plan: a single file that stands alone, without a network, and its tables as
 * Markdown. Immutable, safe for many threads.
 */
public final class ReportPage {
    private final PowerAnswer answer;
    private final Pictures pictures;

    /** The report of {@code plan}, with one run of it simulated. */
    public ReportPage(Catalog catalog, Plan plan) {
        answer = PowerAnswer.of(PlanQuestion.of(plan), Chip.of(catalog, plan.input().cluster()));
        pictures = Pictures.of(catalog, Study.of(plan, () -> false), answer);
    }

    /** The page's style sheet or script. */
    public static byte[] resource(String name) {
        try (InputStream stream =
                Objects.requireNonNull(ReportPage.class.getResourceAsStream(name), name)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** One file that needs nothing else. */
    public String selfContained(Language language) {
        Texts texts = Texts.of(language);
        String style = new String(resource("report.css"), StandardCharsets.UTF_8);
        String script = new String(resource("report.js"), StandardCharsets.UTF_8);
        return new PageFrame(
                        texts,
                        new AnswerView(texts, answer),
                        "<style>" + style + "</style><script>" + script + "</script>",
                        Html.themeButton(texts),
                        "",
                        ClaimBox.hint(texts),
                        sections(texts).stream().map(section -> section.html(texts)).toList(),
                        texts.text("footer.report"))
                .html();
    }

    /** The tables of the report as Markdown. */
    public String markdown(Language language) {
        Texts texts = Texts.of(language);
        AnswerView view = new AnswerView(texts, answer);
        StringBuilder out = new StringBuilder();
        out.append("# ").append(view.title()).append("\n\n");
        out.append(view.sentence()).append("\n\n").append(view.table().markdown()).append('\n');
        view.lines(answer.question().reading())
                .forEach(line -> out.append("1. ").append(line).append('\n'));
        out.append('\n');
        sections(texts).forEach(section -> out.append(section.markdown()));
        return out.toString();
    }

    private List<Section> sections(Texts texts) {
        return pictures.all(texts);
    }
}
