package dev.altiplano.cli.plan;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.report.Language;
import dev.altiplano.planner.report.ReportPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plan report}: one page that stands alone, and the same as Markdown. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "The plan as one HTML page that needs no network, and Markdown beside it.",
            "--out may be a folder or the page's own name; without it the Markdown goes to standard"
                    + " output."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan report plan.yaml --out plan.html",
            "  altiplano plan report plan.yaml --out informe --lang es",
        })
final class ReportVerb extends PlanFileVerb {
    private static final String HTML = ".html";

    @Option(names = "--lang", paramLabel = "LANG", description = "en or es; en.")
    private String lang = Language.EN.code();

    @Override
    Answer answer() {
        Language language =
                Language.of(lang.toLowerCase(Locale.ROOT))
                        .orElseThrow(() -> usage("--lang: expected en or es, found " + lang));
        Plan plan = plan();
        ReportPage page = new ReportPage(catalog(), plan);
        String html = page.selfContained(language);
        return about(plan, "Report")
                .fact("language", "language", language.code())
                .fact("bytes", "bytes of the page", html.getBytes(StandardCharsets.UTF_8).length)
                .text("report.html", html)
                .text("report.md", page.markdown(language));
    }

    @Override
    boolean isOutUsable(Path file) {
        return isPage(file) || super.isOutUsable(file);
    }

    private static boolean isPage(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(HTML);
    }

    @Override
    void print(Answer answer) {
        if (isJson() || outFolder() != null) {
            super.print(answer);
            return;
        }
        stdout().print(answer.texts().getLast().content());
        stdout().flush();
    }

    @Override
    void write(Answer answer, Path out) throws IOException {
        Path page =
                isPage(out) ? out.toAbsolutePath() : out.toAbsolutePath().resolve("report.html");
        Files.createDirectories(page.resolveSibling(""));
        place(page, answer.texts().getFirst().content());
        String name = page.toString();
        Path markdown = Path.of(name.substring(0, name.length() - HTML.length()) + ".md");
        place(markdown, answer.texts().getLast().content());
    }
}
