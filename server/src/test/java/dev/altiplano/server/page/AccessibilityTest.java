package dev.altiplano.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import dev.altiplano.server.api.ApiException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every screen in every look, judged by axe and kept as a picture in target/page. */
@ExtendWith(BrowserExtension.class)
final class AccessibilityTest {
    private static final Path PICTURES = Path.of("target/page");
    private static final String ANSWER =
            """
            The sky is **darker** because there is *less air* above you.

            ## What happens

            1. Light comes in.
            2. Air scatters [short waves](https://example.org/rayleigh) most.

            > The fourth power of the frequency.

            | Height | Pressure | A rather long heading of a column |
            |:--|--:|---|
            | 4,000 m | 616 hPa | sixty-one hundredths of what there is at sea level |

            ```java
            /** Pressure in hPa at a height in metres. */
            static double pressure(double height) {
                return 1013.25 * Math.pow(1 - 2.25577e-5 * height, 5.25588); // up to 11 km
            }
            ```

            - [x] `Sunglasses`
            """;

    static Stream<Look> looks() {
        return Stream.of(Look.WIDE, Look.NARROW)
                .flatMap(look -> Stream.of(look, look.withLocale("es-ES")))
                .flatMap(look -> Stream.of(look, look.withScheme(ColorScheme.DARK)));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void axeFindsNothingOnAnyScreen(Look look, PageBrowser browser) {
        browser.model().willSay(ANSWER);
        ChatPage chat = browser.open(look);
        judge(chat, look, "start");

        chat.sendAndAwaitAnswer("Why is the sky darker up here?");
        assertThat(chat.page().locator("code-block .hljs-type").first()).isAttached();
        judge(chat, look, "chat");

        browser.model().willRefuse(ApiException.rateLimited(5, "As many requests wait as may."));
        chat.send("Again?");
        assertThat(chat.error()).isVisible();
        judge(chat, look, "error");

        if (look.width() < 600) {
            chat.page().locator(".show-sidebar").click();
            assertThat(chat.page().locator("chat-sidebar")).isVisible();
            judge(chat, look, "sidebar");
        }
        chat.openSettings();
        judge(chat, look, "settings");
    }

    private static void judge(ChatPage chat, Look look, String screen) {
        chat.page()
                .screenshot(
                        new Page.ScreenshotOptions()
                                .setPath(PICTURES.resolve(look + "-" + screen + ".png")));
        List<String> violations =
                new AxeBuilder(chat.page())
                        .setLegacyMode(true).analyze().getViolations().stream()
                                .map(rule -> rule.getId() + ": " + rule.getNodes())
                                .toList();
        assertThat(violations).as("%s on the screen '%s'", look, screen).isEmpty();
    }

    @Test
    void nothingIsWiderThanANarrowWindow(PageBrowser browser) {
        browser.model().willSay(ANSWER + "\n\n" + "endless".repeat(60));
        ChatPage chat = browser.open(Look.NARROW.withWidth(320));
        chat.sendAndAwaitAnswer("x".repeat(300));

        assertThat(
                        chat.runForInt(
                                "() => { const s = document.querySelector('chat-app').renderRoot"
                                        + ".querySelector('chat-log').renderRoot.querySelector('.scroller');"
                                        + " return Math.max(s.scrollWidth - s.clientWidth,"
                                        + " document.documentElement.scrollWidth - innerWidth); }"))
                .isZero();
    }

    @Test
    void theThemeIsSwitchedAndRemembered(PageBrowser browser) {
        ChatPage chat = browser.open();
        String ground = "() => getComputedStyle(document.body).backgroundColor";
        Object light = chat.run(ground);

        chat.page().locator("chat-sidebar button.moon").click();
        Object dark = chat.run(ground);
        assertThat(dark).isNotEqualTo(light);
        chat.page().reload();
        chat.waitUntilReady();
        assertThat(chat.run(ground)).isEqualTo(dark);

        chat.page().locator("chat-sidebar button.sun").click();
        assertThat(chat.run(ground)).isEqualTo(light);
    }

    @Test
    void aScreenReaderHearsTheAnswerBlockByBlock(PageBrowser browser) {
        Dictation answer = browser.model().nextAnswer();
        ChatPage chat = browser.open();
        chat.send("Hi");
        var heard = chat.page().locator(".live p");
        assertThat(heard).hasText(new String[] {"Altiplano is answering."});

        answer.say("First ").say("block.\n\nSecond ").say("blo");
        assertThat(heard).hasText(new String[] {"Altiplano is answering.", "First block."});
        answer.say("ck.").end();

        assertThat(heard)
                .hasText(
                        new String[] {
                            "Altiplano is answering.",
                            "First block.",
                            "Second block.",
                            "Answer complete."
                        });
    }

    @Test
    void nothingMovesForThoseWhoAskForIt(PageBrowser browser) {
        Dictation answer = browser.model().nextAnswer();
        ChatPage chat = browser.open();
        chat.page()
                .emulateMedia(
                        new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        chat.send("Hi");
        assertThat(chat.lastAnswer().locator(".waiting")).isVisible();

        assertThat(chat.runForInt("document.getAnimations().length")).isZero();
        answer.end();
    }

    @Test
    void printsTheWholeChatAndNothingElse(PageBrowser browser) {
        browser.model().willSay("line\n\n".repeat(80));
        ChatPage chat = browser.open();
        chat.sendAndAwaitAnswer("Print this");

        chat.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

        assertThat(chat.page().locator("chat-sidebar")).not().isVisible();
        assertThat(chat.page().locator("message-composer")).not().isVisible();
        assertThat(chat.questions()).isVisible();
        assertThat(chat.runForInt("document.documentElement.scrollHeight")).isGreaterThan(2000);
    }
}
