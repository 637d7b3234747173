package dev.altiplano.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;

/** The chat page as tests see it: where things are, and what a reader does with them. */
record ChatPage(Page page) {
    ChatPage waitUntilReady() {
        assertThat(field()).isFocused();
        return this;
    }

    /** Where the reader writes. */
    Locator field() {
        return page.locator("message-composer textarea");
    }

    Locator sendButton() {
        return page.locator("message-composer .send");
    }

    Locator stopButton() {
        return page.locator("message-composer .stop");
    }

    Locator questions() {
        return page.locator("chat-message .bubble");
    }

    Locator answers() {
        return page.locator("chat-message answer-text");
    }

    Locator lastAnswer() {
        return answers().last();
    }

    /** The last message of the model with its buttons and figures. */
    Locator lastMessage() {
        return page.locator("chat-message").last();
    }

    Locator chats() {
        return page.locator("chat-sidebar li");
    }

    Locator error() {
        return page.locator("answer-error");
    }

    void send(String text) {
        field().fill(text);
        field().press("Enter");
    }

    /** Sends and waits until the answer, which is prepared, has come to its end. */
    void sendAndAwaitAnswer(String text) {
        send(text);
        assertThat(field()).isFocused();
        assertThat(stopButton()).not().isVisible();
        assertThat(lastMessage().locator("article.answer")).hasAttribute("aria-busy", "false");
    }

    void newChat() {
        page.locator("chat-sidebar .new").click();
    }

    void openSettings() {
        page.locator("chat-sidebar .switches .settings").click();
        assertThat(page.locator("settings-dialog dialog")).isVisible();
    }

    /** Runs the script in the page. */
    Object run(String script) {
        return page.evaluate(script);
    }

    Object run(String script, Object argument) {
        return page.evaluate(script, argument);
    }

    int runForInt(String script) {
        return ((Number) run(script)).intValue();
    }

    /** Runs the script and gives the strings of the array that it returns. */
    List<String> runForStrings(String script) {
        return ((List<?>) run(script)).stream().map(String::valueOf).toList();
    }
}
