package dev.altiplano.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrowserExtension.class)
final class LanguageTest {
    /**
     * Every text and every name that a reader or a screen reader meets, through all shadow roots.
     */
    private static final String TEXTS_OF_PAGE =
            """
            () => {
                const found = [];
                const visit = (node) => {
                    if (node.nodeType === Node.TEXT_NODE) {
                        found.push(node.data.trim());
                    } else if (!['STYLE', 'SCRIPT', 'NOSCRIPT'].includes(node.nodeName)) {
                        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
                            found.push(node.getAttribute?.(name)?.trim() ?? '');
                        }
                        node.shadowRoot?.childNodes.forEach(visit);
                        node.childNodes.forEach(visit);
                    }
                };
                visit(document.body);
                return found.filter((text) => /\\p{L}/u.test(text));
            }
            """;

    @Test
    void speaksTheBrowsersLanguage(PageBrowser browser) {
        ChatPage chat = browser.open(Look.WIDE.withLocale("es-BO"));

        assertThat(chat.page().locator("html")).hasAttribute("lang", "es");
        assertThat(chat.field()).hasAttribute("placeholder", "Pregunta lo que quieras");
    }

    @Test
    void fallsBackToEnglish(PageBrowser browser) {
        ChatPage chat = browser.open(Look.WIDE.withLocale("fr-FR"));

        assertThat(chat.page().locator("html")).hasAttribute("lang", "en");
        assertThat(chat.field()).hasAttribute("placeholder", "Ask anything");
    }

    @Test
    void switchesWithoutAReloadAndRemembers(PageBrowser browser) {
        browser.model().nextAnswer().say("a ").say("b").end();
        ChatPage chat = browser.open();
        chat.sendAndAwaitAnswer("Hi");

        chat.page().locator(".languages button[lang=es]").click();
        assertThat(chat.page().locator("chat-sidebar .new")).hasText("Chat nuevo");
        assertThat(chat.page().locator("html")).hasAttribute("lang", "es");
        assertThat(chat.lastMessage().locator(".regenerate"))
                .hasAttribute("aria-label", "Generar otra vez");

        chat.page().reload();
        assertThat(chat.page().locator("chat-sidebar .new")).hasText("Chat nuevo");
        assertThat(chat.page().locator(".languages button[lang=es]"))
                .hasAttribute("aria-pressed", "true");
    }

    @Test
    void writesNumbersAsTheLanguageDoes(PageBrowser browser) {
        ChatPage chat = browser.open();
        chat.run(
                """
                () => {
                    const answer = { state: 'complete', text: 'x', model: 'm', finishReason: 'stop',
                        tokens: 12345, rate: 12.34, error: null };
                    localStorage.setItem('altiplano.chats', '[{"id":"a","title":"A","updatedAt":1}]');
                    localStorage.setItem('altiplano.chat.a',
                        JSON.stringify([{ id: 'x', role: 'assistant', answer }]));
                }
                """);
        chat.page().reload();
        chat.waitUntilReady().chats().locator(".open").click();
        assertThat(chat.lastMessage().locator(".figures")).hasText("12,345 tokens · 12.3 tokens/s");

        chat.page().locator(".languages button[lang=es]").click();

        assertThat(chat.lastMessage().locator(".figures")).hasText("12.345 tokens · 12,3 tokens/s");
    }

    @Test
    void noTextIsWrittenIntoTheCode(PageBrowser browser) {
        browser.model().nextAnswer().say("007\n\n```\n1\n```\n\n|1|\n|-|\n|2|").fail();
        ChatPage chat =
                browser.open(
                        Look.WIDE,
                        browser.uri(),
                        page -> page.route("**/i18n/en.json", LanguageTest::markMessages));
        List<String> texts = new ArrayList<>(chat.runForStrings(TEXTS_OF_PAGE));
        chat.send("1");
        assertThat(chat.error()).isVisible();
        chat.openSettings();
        texts.addAll(chat.runForStrings(TEXTS_OF_PAGE));

        assertThat(texts).hasSizeGreaterThan(60);
        assertThat(texts)
                .filteredOn(text -> !text.contains("§"))
                .containsOnly(
                        "Altiplano",
                        DictatedModel.NAME,
                        "en",
                        "es",
                        "English",
                        "Español",
                        "Enter",
                        "Shift + Enter",
                        "Esc",
                        "Ctrl + Shift + O");
    }

    /** Puts a § before each message. */
    private static void markMessages(Route route) {
        String messages = route.fetch().text().replace("\": \"", "\": \"§");
        route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(messages));
    }
}
