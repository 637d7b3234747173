package dev.altiplano.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The planner's page in a browser: its look, its sliders, its pictures and its keys. */
@ExtendWith(BrowserExtension.class)
final class PlanPageTest {
    private static final Path PICTURES = Path.of("target/page");
    private static final String UP_TO_DATE = "The pictures are up to date.";

    /** One loop makes all rows of a table, so the first stand for the thousand others. */
    private static final String ROWS_KEPT =
            "document.querySelectorAll('tbody').forEach(body =>"
                    + " [...body.rows].slice(6).forEach(row => row.remove()))";

    @ParameterizedTest
    @ValueSource(strings = {"en-GB", "es-ES"})
    void axeFindsNothingAndNothingIsTooWide(String locale, PageBrowser browser) {
        List<Look> looks = looks(locale);
        Page page = browser.openPath(looks.getFirst(), "plan");
        page.locator("#sentence").press("Enter");
        assertThat(page.locator("#claim-answer table")).isVisible();
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");

        for (Look look : looks) {
            putOn(look, page);
            assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                    .as("%s", look)
                    .isLessThanOrEqualTo(0);
            page.screenshot(
                    new Page.ScreenshotOptions()
                            .setFullPage(true)
                            .setPath(PICTURES.resolve(look + "-plan-open.png")));
        }
        page.evaluate(ROWS_KEPT);
        for (Look look : looks) {
            putOn(look, page);
            assertThat(violations(page)).as("%s", look).isEmpty();
        }
    }

    /** Both widths and schemes of one language, which is all that needs the page loaded anew. */
    private static List<Look> looks(String locale) {
        return Stream.of(Look.WIDE, Look.NARROW)
                .map(look -> look.withLocale(locale))
                .flatMap(look -> Stream.of(look, look.withScheme(ColorScheme.DARK)))
                .toList();
    }

    private static void putOn(Look look, Page page) {
        page.setViewportSize(look.width(), look.height());
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look.scheme()));
    }

    /**
     * Every rule on every element; what passes is not written down, which takes most of the time.
     */
    private static List<String> violations(Page page) {
        AxeRunOptions options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return new AxeBuilder(page)
                .options(options).setLegacyMode(true).analyze().getViolations().stream()
                        .map(rule -> rule.getId() + ": " + rule.getNodes())
                        .toList();
    }

    @Test
    void aSliderMovedByKeysAsksTheServer(PageBrowser browser) {
        Page page = browser.openPath(Look.WIDE, "plan/en");

        page.locator("#cap-slider").focus();
        page.keyboard().press("Home");

        assertThat(page.locator("#title")).hasText("Can 100,000 H100 run on 1 MW?");
        assertThat(page).hasTitle(Pattern.compile("^Can 100,000 H100 run on 1 MW"));
        assertThat(page.locator(".short")).hasText("No");
        assertThat(page.locator("#cap")).hasValue("1");
        assertThat(page.locator("#spoken")).containsText("over the limit");
        assertThat(page.locator("#timeline")).containsText("Nothing can run under this limit");
    }

    @Test
    void thePicturesFollowTheForm(PageBrowser browser) {
        Page page = browser.openPath(Look.WIDE, "plan/en");
        assertThat(page.locator("#run")).containsText("99,584 chips");
        page.locator("#memory details summary").click();
        page.locator("#claims details summary").first().click();

        page.locator("#gpus").fill("50000");

        assertThat(page.locator("#progress")).hasText(UP_TO_DATE);
        assertThat(page.locator("#run")).containsText("49,792 chips");
        assertThat(page.locator("#layout")).containsText("389 copies");
        assertThat(page.locator("#memory table")).isVisible();
        assertThat(page.locator("#claims table").first()).isVisible();
        page.locator("#layout .drawing").first().focus();
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("#layout .readout").first()).containsText("Copy 0");
    }

    @Test
    void aSlowAnswerNeverTakesTheNewersPlace(PageBrowser browser) {
        Page page = browser.openPath(Look.WIDE, "plan/en");
        List<Route> held = new ArrayList<>();
        page.route(
                "**/plan/api/pictures",
                route -> {
                    if (held.isEmpty()) {
                        held.add(route);
                    } else {
                        route.resume();
                    }
                });
        page.waitForRequest("**/plan/api/pictures", () -> page.locator("#gpus").fill("70000"));
        page.locator("#gpus").fill("50000");
        assertThat(page.locator("#run")).containsText("49,792 chips");

        held.getFirst()
                .fulfill(
                        new Route.FulfillOptions()
                                .setContentType("application/json")
                                .setBody(
                                        "{\"pictures\":[{\"id\":\"run\",\"html\":\"<p id='run'>old</p>\"}]}"));

        page.evaluate("() => new Promise(requestAnimationFrame)");
        assertThat(page.locator("#run")).containsText("49,792 chips");
        assertThat(page.locator("#progress")).hasText(UP_TO_DATE);
    }

    @Test
    void aBusyServerIsAskedAgain(PageBrowser browser) {
        Page page = browser.openPath(Look.WIDE, "plan/en");
        List<Integer> answered = new ArrayList<>();
        page.route(
                "**/plan/api/pictures",
                route -> {
                    answered.add(1);
                    if (answered.size() > 1) {
                        route.resume();
                    } else {
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setStatus(429)
                                        .setHeaders(java.util.Map.of("retry-after", "1"))
                                        .setContentType("application/json")
                                        .setBody("{\"error\":{\"message\":\"busy\"}}"));
                    }
                });

        page.locator("#gpus").fill("50000");

        assertThat(page.locator("#run")).containsText("49,792 chips");
        assertThat(answered).hasSize(2);
    }

    @Test
    void whatIsWrongStandsAtTheForm(PageBrowser browser) {
        Page page = browser.openPath(Look.WIDE, "plan/es");

        page.locator("#pue").fill("0.5");

        assertThat(page.locator("#form-error")).containsText("0,5 no está entre 1 y 3");
        page.locator("#pue").fill("1.5");
        assertThat(page.locator("#form-error")).isHidden();
        assertThat(page.locator("#title")).hasText("¿Pueden funcionar 100.000 H100 con 150 MW?");
    }

    @Test
    void aClusterTooSmallForTheModelIsTold(PageBrowser browser) {
        Page page = browser.openPath(Look.WIDE, "plan/en");

        page.locator("#gpus").fill("8");

        assertThat(page.locator("#title")).hasText("Can 8 H100 run on 150 MW?");
        assertThat(page.locator("#progress")).containsText("at least 200 chips");
    }

    @Test
    void aSentenceOfTheReadersIsCheckedByKeys(PageBrowser browser) {
        Page page = browser.openPath(Look.WIDE, "plan/es");

        page.locator("#sentence").fill("50.000 H100 consumen 76 MW en el contador");
        page.keyboard().press("Enter");

        Locator answer = page.locator("#claim-answer");
        assertThat(answer.locator("h3")).hasText("50.000 H100 consumen 76 MW en el contador");
        assertThat(answer.locator(".badge")).hasText("≈ solo en una lectura");
        assertThat(answer.locator("tbody tr")).hasCount(12);
        assertThat(page.locator("#spoken")).containsText("«en el contador, a potencia nominal»");
        page.locator("#pue").fill("1.5");
        page.keyboard().press("Tab");
        assertThat(answer.locator(".badge")).hasText("✗ incoherente");
    }

    @Test
    void whatWasNotUnderstoodIsShownAtTheSentence(PageBrowser browser) {
        Page page = browser.openPath(Look.NARROW, "plan/en");

        page.locator("#sentence").fill("100,000 unicorns draw 150 MW");
        page.locator("#claim button[type=submit]").click();

        assertThat(page.locator("#claim-answer"))
                .containsText("This part was not understood: unicorns.");
        page.locator("#claim .example").nth(1).click();
        assertThat(page.locator("#claim-answer .badge")).hasText("✓ consistent");
        page.route("**/plan/api/claim", Route::abort);
        page.locator("#claim button[type=submit]").click();
        assertThat(page.locator("#claim-error")).containsText("The server does not answer.");
    }

    @Test
    void theColoursOfTheLayoutAreChosenByKeysAndStay(PageBrowser browser) {
        Page page = browser.openPath(Look.WIDE, "plan/en");
        Locator second = page.locator("#layout svg").nth(1).locator(".cell").nth(1);
        String fill = "cell => getComputedStyle(cell).fill";
        Object copyZero = second.evaluate(fill);

        page.locator("#layout input[value=dp]").focus();
        page.keyboard().press("ArrowRight");

        Object stageOne = second.evaluate(fill);
        assertThat(stageOne).isNotEqualTo(copyZero);
        page.locator("#gpus").fill("50000");
        assertThat(page.locator("#layout")).containsText("389 copies");
        assertThat(page.locator("#layout input[value=pp]")).isChecked();
    }

    @Test
    void theArrowKeysWalkThroughTheMarks(PageBrowser browser) {
        Page page = browser.openPath(Look.WIDE, "plan/en");

        page.locator("#layout .drawing").nth(2).focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");

        assertThat(page.locator("#layout .readout").nth(2)).containsText("Rank 1:");
    }

    @Test
    void theTimelineZoomsByKeysAndButtons(PageBrowser browser) {
        Page page = browser.openPath(Look.WIDE, "plan/en");
        Locator detail = page.locator("#timeline .drawing").nth(1);
        Locator readout = page.locator("#timeline .readout").nth(1);

        detail.focus();
        page.keyboard().press("+");
        assertThat(readout).hasText(Pattern.compile("^From 12 h to 1 d 12 h: \\d+ stops$"));
        page.keyboard().press("ArrowRight");
        assertThat(readout).containsText("From 1 d to 2 d");

        page.locator("#timeline .zoom-buttons button").last().click();

        assertThat(readout).hasText(Pattern.compile("^From 0 d to 19 d .*: \\d{3,} stops$"));
    }

    @Test
    void theLanguageIsSwitchedOnThePage(PageBrowser browser) {
        Page page = browser.openPath(Look.WIDE.withLocale("en-GB"), "plan");
        assertThat(page.locator("html")).hasAttribute("lang", "en");

        page.locator("nav a[lang=es]").click();

        assertThat(page.locator("html")).hasAttribute("lang", "es");
        assertThat(page.locator("#title")).hasText("¿Pueden funcionar 100.000 H100 con 150 MW?");
        assertThat(page.locator("nav a[lang=es]")).hasAttribute("aria-current", "page");
    }

    @Test
    void chatAndPlannerLeadToEachOther(PageBrowser browser) {
        ChatPage chat = browser.open();

        chat.page().locator("chat-sidebar a.plan").click();
        assertThat(chat.page().locator("#title")).hasText("Can 100,000 H100 run on 150 MW?");

        chat.page().locator("nav a[href='/']").click();
        chat.waitUntilReady();
    }

    @Test
    void theThemeIsSwitchedAndRemembered(PageBrowser browser) {
        Page page = browser.openPath(Look.WIDE, "plan/en");
        String ground = "() => getComputedStyle(document.body).backgroundColor";
        Object light = page.evaluate(ground);

        page.locator("#theme").click();

        Object dark = page.evaluate(ground);
        assertThat(dark).isNotEqualTo(light);
        page.reload();
        assertThat(page.evaluate(ground)).isEqualTo(dark);
    }

    @Test
    void onPaperTheFormIsGoneAndTheTablesAreThere(PageBrowser browser) {
        Page page = browser.openPath(Look.WIDE, "plan/en");
        byte[] paper =
                page.pdf(
                        new Page.PdfOptions()
                                .setPath(PICTURES.resolve("plan.pdf"))
                                .setFormat("A4"));
        assertThat(new String(paper, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");

        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

        assertThat(page.locator("#power")).isHidden();
        assertThat(page.locator("#regions table")).isVisible();
    }
}
