package dev.altiplano.server.api;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.report.Language;
import dev.altiplano.planner.report.LivePage;
import dev.altiplano.planner.report.ReportPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The planner's page at {@code /plan}, and what its sliders ask for. */
final class PlanPages {
    private static final String SECURITY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private final Map<Language, byte[]> pages = new ConcurrentHashMap<>();

    /** Computed when somebody first asks for the page: a server for chats need not wait for it. */
    private static final class Report {
        static final LivePage PAGE = new LivePage(Catalog.builtIn());
    }

    List<Routes.Route> routes() {
        return List.of(
                new Routes.Route("GET", "/plan", this::accepted),
                new Routes.Route("GET", "/plan/en", call -> page(call, Language.EN)),
                new Routes.Route("GET", "/plan/es", call -> page(call, Language.ES)),
                new Routes.Route(
                        "GET", "/plan/report.css", call -> file(call, "report.css", "text/css")),
                new Routes.Route(
                        "GET",
                        "/plan/report.js",
                        call -> file(call, "report.js", "text/javascript")),
                new Routes.Route("POST", "/plan/api", PlanPages::answer),
                new Routes.Route("POST", "/plan/api/claim", PlanPages::claim),
                new Routes.Route(
                        "POST", "/plan/api/pictures", new PlanPictures(() -> Report.PAGE)));
    }

    private void accepted(HttpCall call) {
        call.answerHeader("vary", "accept-language");
        page(call, Language.accepted(call.header("accept-language").orElse("")));
    }

    private void page(HttpCall call, Language language) {
        byte[] page =
                pages.computeIfAbsent(
                        language, key -> Report.PAGE.html(key).getBytes(StandardCharsets.UTF_8));
        call.answerHeader("content-security-policy", SECURITY);
        send(call, "text/html", page);
    }

    private static void file(HttpCall call, String name, String contentType) {
        send(call, contentType, ReportPage.resource(name));
    }

    private static void send(HttpCall call, String contentType, byte[] bytes) {
        call.answerHeader("cache-control", "no-cache");
        call.answer(200, contentType + "; charset=utf-8", bytes);
    }

    private static void answer(HttpCall call) throws IOException {
        PowerQuestions asked = PowerQuestions.read(JsonBody.read(call));
        LivePage page = Report.PAGE;
        Answers.json(
                call,
                new PowerAnswers(
                        page.title(asked.language(), asked.question()),
                        page.answer(asked.language(), asked.question()),
                        page.sentence(asked.language(), asked.question())));
    }

    private static void claim(HttpCall call) throws IOException {
        ClaimQuestions asked = ClaimQuestions.read(JsonBody.read(call));
        LivePage.Judged judged =
                Report.PAGE.judged(asked.language(), asked.sentence(), asked.pue());
        Answers.json(call, new ClaimAnswers(judged.html(), judged.spoken()));
    }
}
