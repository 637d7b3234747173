package dev.altiplano.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.server.AltiplanoServer;
import dev.altiplano.server.ServerOptions;
import dev.altiplano.server.api.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrowserExtension.class)
final class TroubleTest {
    @Test
    void saysThatTheQueueIsFullAndTriesAgainWhenAsked(PageBrowser browser) {
        browser.model().willRefuse(ApiException.rateLimited(5, "As many wait as may."));
        ChatPage chat = browser.open();
        chat.send("Hello");
        assertThat(chat.error().locator(".title")).hasText("The server is busy");
        assertThat(chat.error().locator(".advice")).containsText("Try again in 5 seconds.");
        assertThat(chat.error().locator(".said")).hasText("The server said: As many wait as may.");

        browser.model().willSay("Now I have time.");
        chat.error().locator(".retry").click();

        assertThat(chat.lastAnswer()).hasText("Now I have time.");
        assertThat(chat.error()).hasCount(0);
        assertThat(chat.questions()).hasCount(1);
    }

    @Test
    void offersANewChatWhenThisOneIsTooLong(PageBrowser browser) {
        browser.model()
                .willRefuse(
                        ApiException.contextLengthExceeded(
                                "prompt", "The context has 8 tokens, but the prompt has 9."));
        ChatPage chat = browser.open();

        chat.send("A long message");

        assertThat(chat.error().locator(".title"))
                .hasText("This chat has become too long for the model");
        chat.error().locator(".button").last().click();
        assertThat(chat.page().locator("start-screen")).isVisible();
    }

    @Test
    void keepsWhatCameWhenTheEngineFails(PageBrowser browser) {
        browser.model().nextAnswer().say("Half an").fail();
        ChatPage chat = browser.open();

        chat.send("Hello");

        assertThat(chat.error().locator(".title")).hasText("Something went wrong in the server");
        assertThat(chat.lastAnswer()).hasText("Half an");
    }

    @Test
    void leavesAFailedAnswerOutOfTheNextRequest(PageBrowser browser) {
        browser.model().willRefuse(ApiException.rateLimited(1, "Full."));
        ChatPage chat = browser.open();
        chat.send("one");
        assertThat(chat.error()).isVisible();

        browser.model().willSay("Both.");
        chat.sendAndAwaitAnswer("two");

        assertThat(browser.model().lastPrompt()).isEqualTo("<|user|>one\n\ntwo");
    }

    @Test
    void saysThatTheServerIsGoneAndNoticesWhenItIsBack(PageBrowser browser) {
        AltiplanoServer server =
                AltiplanoServer.start(ServerOptions.defaults().withPort(0), browser.model());
        int port = server.port();
        ChatPage chat = browser.open(Look.WIDE, server.uri(), page -> {});
        assertThat(chat.page().locator(".state.ready")).isVisible();

        server.close();
        chat.send("Anyone?");
        assertThat(chat.error().locator(".title")).hasText("The server cannot be reached");
        assertThat(chat.page().locator(".down-note")).isVisible();

        browser.model().willSay("Here I am.");
        try (AltiplanoServer again =
                AltiplanoServer.start(ServerOptions.defaults().withPort(port), browser.model())) {
            assertThat(again.port()).isEqualTo(port);
            assertThat(chat.page().locator(".state.ready")).isVisible();
            assertThat(chat.page().locator(".down-note")).hasCount(0);
            chat.error().locator(".retry").click();
            assertThat(chat.lastAnswer()).hasText("Here I am.");
        }
    }

    @Test
    void waitsForTheModelsNameWhenTheReaderIsFaster(PageBrowser browser) {
        browser.model().willSay("There.");
        ChatPage chat =
                browser.open(
                        Look.WIDE,
                        browser.uri(),
                        page ->
                                page.addInitScript(
                                        """
                                        const plainFetch = window.fetch;
                                        window.fetch = async (path, options) => {
                                            if (path === '/v1/models') {
                                                await new Promise((go) => { window.releaseModels = go; });
                                            }
                                            return plainFetch(path, options);
                                        };
                                        """));

        chat.send("Quick");
        assertThat(chat.lastAnswer().locator(".waiting")).isVisible();
        chat.run("window.releaseModels()");

        assertThat(chat.lastAnswer()).hasText("There.");
    }
}
