package dev.altiplano.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.altiplano.engine.FinishReason;
import dev.altiplano.engine.GenerationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrowserExtension.class)
final class ChatTest {
    @Test
    void showsAnAnswerWhileItIsWritten(PageBrowser browser) {
        Dictation answer = browser.model().nextAnswer();
        ChatPage chat = browser.open();

        chat.send("Hello?");
        assertThat(chat.questions()).hasText("Hello?");
        assertThat(chat.lastAnswer().locator(".waiting")).isVisible();
        answer.say("Good **morn");
        assertThat(chat.lastAnswer().locator("strong")).hasText("morn");
        assertThat(chat.lastAnswer().locator(".waiting")).not().isVisible();
        answer.say("ing**!").end();

        assertThat(chat.lastAnswer().locator("p")).hasText("Good morning!");
        assertThat(chat.lastMessage().locator(".figures")).hasText("2 tokens · 50 tokens/s");
    }

    @Test
    void namesTheModel(PageBrowser browser) {
        ChatPage chat = browser.open();

        assertThat(chat.page().locator(".model-name")).hasText(DictatedModel.NAME);
        assertThat(chat.page().locator(".state.ready")).isVisible();
    }

    @Test
    void stopEndsTheGenerationAndKeepsWhatCame(PageBrowser browser) throws Exception {
        Dictation answer = browser.model().nextAnswer().say("As far as this");
        ChatPage chat = browser.open();
        chat.send("Go on");
        assertThat(chat.lastAnswer()).containsText("As far as this");

        chat.stopButton().click();

        assertThat(answer.isCancelledSoon()).isTrue();
        assertThat(chat.lastMessage().locator(".note")).hasText("Stopped.");
        assertThat(chat.lastAnswer()).containsText("As far as this");
        assertThat(chat.sendButton()).isVisible();
        assertThat(chat.field()).isFocused();
    }

    @Test
    void escapeStopsToo(PageBrowser browser) throws Exception {
        Dictation answer = browser.model().nextAnswer().say("On");
        ChatPage chat = browser.open();
        chat.send("Go on");
        assertThat(chat.lastAnswer()).containsText("On");

        chat.page().keyboard().press("Escape");

        assertThat(answer.isCancelledSoon()).isTrue();
    }

    @Test
    void regeneratesTheLastAnswerFromTheSameMessages(PageBrowser browser) {
        browser.model().willSay("First");
        ChatPage chat = browser.open();
        chat.sendAndAwaitAnswer("Pick one");
        browser.model().willSay("Second");

        chat.lastMessage().locator(".regenerate").click();

        assertThat(chat.answers()).hasCount(1);
        assertThat(chat.lastAnswer()).hasText("Second");
        assertThat(browser.model().lastPrompt()).isEqualTo("<|user|>Pick one");
    }

    @Test
    void anotherAnswerMayDifferThoughTheFirstIsTheLikeliest(PageBrowser browser) {
        browser.model().willSay("One.");
        ChatPage chat = browser.open();
        chat.sendAndAwaitAnswer("Hello");
        browser.model().willSay("Two.");

        chat.lastMessage().locator(".regenerate").click();
        assertThat(chat.lastAnswer()).hasText("Two.");

        assertThat(browser.model().requests())
                .extracting(request -> request.sampling().temperature())
                .containsExactly(0f, 0.7f);
    }

    @Test
    void editsTheLastMessageAndAsksAgain(PageBrowser browser) {
        browser.model().willSay("One");
        ChatPage chat = browser.open();
        chat.sendAndAwaitAnswer("1");
        browser.model().willSay("Two");
        chat.sendAndAwaitAnswer("2");
        browser.model().willSay("Three");

        chat.field().press("ArrowUp");
        chat.page().locator("message-editor textarea").fill("3");
        chat.page().locator("message-editor textarea").press("Enter");

        assertThat(chat.lastAnswer()).hasText("Three");
        assertThat(chat.questions()).hasText(new String[] {"1", "3"});
        assertThat(browser.model().lastPrompt()).isEqualTo("<|user|>1<|assistant|>One<|user|>3");
    }

    @Test
    void escapeLeavesTheEditorWithoutAChange(PageBrowser browser) {
        browser.model().willSay("One");
        ChatPage chat = browser.open();
        chat.sendAndAwaitAnswer("1");

        chat.field().press("ArrowUp");
        chat.page().locator("message-editor textarea").fill("3");
        chat.page().keyboard().press("Escape");

        assertThat(chat.questions()).hasText("1");
        assertThat(browser.model().requests()).hasSize(1);
    }

    @Test
    void startsANewChatWithoutTheOldMessages(PageBrowser browser) {
        browser.model().willSay("One");
        ChatPage chat = browser.open();
        chat.sendAndAwaitAnswer("1");
        browser.model().willSay("Two");

        chat.newChat();
        assertThat(chat.page().locator("start-screen")).isVisible();
        chat.sendAndAwaitAnswer("2");

        assertThat(browser.model().lastPrompt()).isEqualTo("<|user|>2");
        assertThat(chat.chats()).hasCount(2);
    }

    @Test
    void sendsAnExamplePrompt(PageBrowser browser) {
        browser.model().willSay("Because.");
        ChatPage chat = browser.open();

        chat.page().locator("start-screen li button").first().click();

        assertThat(chat.questions()).hasText("Why is the sky darker blue on a high plateau?");
        assertThat(chat.lastAnswer()).hasText("Because.");
    }

    @Test
    void shiftEnterMakesANewLineAndTheFieldGrows(PageBrowser browser) {
        browser.model().willSay("Good.");
        ChatPage chat = browser.open();
        double before = chat.field().boundingBox().height;

        chat.field().pressSequentially("one");
        chat.field().press("Shift+Enter");
        chat.field().pressSequentially("two");

        assertThat(chat.field().boundingBox().height).isGreaterThan(before);
        chat.field().press("Enter");
        assertThat(chat.lastAnswer()).hasText("Good.");
        assertThat(browser.model().lastPrompt()).isEqualTo("<|user|>one\ntwo");
        assertThat(chat.field().boundingBox().height).isEqualTo(before);
    }

    @Test
    void enterSendsNothingWhileTheModelAnswers(PageBrowser browser) {
        Dictation answer = browser.model().nextAnswer().say("Wait");
        ChatPage chat = browser.open();
        chat.send("Hello");
        assertThat(chat.lastAnswer()).containsText("Wait");

        chat.send("And then?");

        assertThat(chat.field()).hasValue("And then?");
        answer.end();
        assertThat(chat.sendButton()).isEnabled();
        assertThat(browser.model().requests()).hasSize(1);
    }

    @Test
    void sendsTheSettingsWithEachRequest(PageBrowser browser) {
        browser.model().willSay("Arr.");
        ChatPage chat = browser.open();
        chat.openSettings();
        chat.page().locator("#system").fill("Talk like a pirate.");
        chat.page().locator("#temperature").fill("1.3");
        chat.page().locator("#tokens").fill("42");
        chat.page().keyboard().press("Escape");

        chat.page().reload();
        chat.waitUntilReady().sendAndAwaitAnswer("Hello");

        GenerationRequest request = browser.model().requests().getLast();
        assertThat(request.maxTokens()).isEqualTo(42);
        assertThat(request.sampling().temperature()).isEqualTo(1.3f);
        assertThat(browser.model().lastPrompt())
                .isEqualTo("<|system|>Talk like a pirate.<|user|>Hello");
    }

    @Test
    void copiesAnAnswerAsItWasWrittenAndCodeAlone(PageBrowser browser) {
        String text = "Do **this**:\n\n```sh\nls -l\n```";
        browser.model().willSay(text);
        ChatPage chat = browser.open();
        chat.sendAndAwaitAnswer("How?");

        chat.lastMessage().locator(".tools .copy").click();
        assertThat(chat.lastMessage().locator(".tools .copy")).hasAttribute("aria-label", "Copied");
        assertThat(chat.run("navigator.clipboard.readText()")).isEqualTo(text);

        chat.page().locator("code-block .copy").click();
        assertThat(chat.page().locator("code-block .copy")).hasAttribute("aria-label", "Copied");
        assertThat(chat.run("navigator.clipboard.readText()")).isEqualTo("ls -l");
    }

    @Test
    void saysWhenTheAnswerEndedAtALimit(PageBrowser browser) {
        browser.model().nextAnswer().say("And so").end(FinishReason.LENGTH);
        ChatPage chat = browser.open();

        chat.sendAndAwaitAnswer("Tell me");

        assertThat(chat.lastMessage().locator(".note")).hasText("Ended at the limit of tokens.");
    }

    @Test
    void saysWhenTheAnswerEndedBecauseTheContextIsFull(PageBrowser browser) {
        browser.model().nextAnswer().say("And so").end(FinishReason.CONTEXT_FULL);
        ChatPage chat = browser.open();

        chat.sendAndAwaitAnswer("Tell me");

        assertThat(chat.lastMessage().locator(".note"))
                .hasText("Ended because the chat fills all that the model can read at once.");
    }

    @Test
    void followsTheAnswerUntilTheReaderScrollsUp(PageBrowser browser) {
        Dictation answer = browser.model().nextAnswer().say("line\n\n".repeat(100));
        ChatPage chat = browser.open();
        chat.send("Go");
        String gap =
                "() => { const s = document.querySelector('chat-app').renderRoot.querySelector('chat-log')"
                        + ".renderRoot.querySelector('.scroller');"
                        + " return Math.round(s.scrollHeight - s.scrollTop - s.clientHeight); }";
        answer.say("marker one\n\n");
        assertThat(chat.lastAnswer().getByText("marker one")).isInViewport();

        chat.page().mouse().move(700, 400);
        chat.page().mouse().wheel(0, -900);
        assertThat(chat.page().locator(".jump")).isVisible();
        int scrolledTo = chat.runForInt(gap);
        answer.say("more\n\n".repeat(20)).say("marker two\n\n");
        assertThat(chat.lastAnswer().getByText("marker two"))
                .isAttached(new LocatorAssertions.IsAttachedOptions());
        assertThat(chat.runForInt(gap)).isGreaterThan(scrolledTo);
        assertThat(chat.lastAnswer().getByText("marker two")).not().isInViewport();

        chat.page().locator(".jump").click();
        assertThat(chat.lastAnswer().getByText("marker two")).isInViewport();
        assertThat(chat.page().locator(".jump")).not().isVisible();
        answer.say("marker three").end();
        assertThat(chat.lastAnswer().getByText("marker three")).isInViewport();
    }

    @Test
    void anAnswerGoesOnWhileAnotherChatIsOpen(PageBrowser browser) {
        Dictation answer = browser.model().nextAnswer().say("Begun");
        ChatPage chat = browser.open();
        chat.send("In the background");
        assertThat(chat.lastAnswer()).containsText("Begun");

        chat.newChat();
        assertThat(chat.chats().locator(".running")).isVisible();
        answer.say(" and done").end();
        assertThat(chat.chats().locator(".running")).not().isVisible();
        chat.chats().locator(".open").click();

        assertThat(chat.lastAnswer()).hasText("Begun and done");
    }

    @Test
    void theWholeTaskIsDoneByKeyboardAlone(PageBrowser browser) {
        browser.model().willSay("One\n\n```js\n1\n```");
        browser.model().willSay("Two");
        ChatPage chat = browser.open();
        chat.page().keyboard().type("First");
        chat.page().keyboard().press("Enter");
        assertThat(chat.lastMessage().locator(".figures")).containsText("token");

        press(chat, "Shift+Tab", "Regenerate");
        chat.page().keyboard().press("Enter");
        assertThat(chat.lastAnswer()).hasText("Two");
        assertThat(chat.field()).isFocused();

        press(chat, "Shift+Tab", "Settings");
        chat.page().keyboard().press("Enter");
        assertThat(chat.page().locator("settings-dialog dialog")).isVisible();
        chat.page().keyboard().press("Escape");
        assertThat(chat.page().locator("settings-dialog dialog")).not().isVisible();

        press(chat, "Tab", "Your message");
        chat.page().keyboard().press("Control+Shift+O");
        assertThat(chat.page().locator("start-screen")).isVisible();
        assertThat(chat.field()).isFocused();
    }

    /** Presses the key until the focus is on what has this name, and is seen there. */
    private static void press(ChatPage chat, String key, String name) {
        String focused =
                "() => { let e = document.activeElement; while (e.shadowRoot?.activeElement)"
                        + " e = e.shadowRoot.activeElement; const s = getComputedStyle(e);"
                        + " return [e.ariaLabel ?? e.textContent.trim(), s.outlineStyle + s.outlineWidth]; }";
        for (int presses = 0; presses < 60; presses++) {
            chat.page().keyboard().press(key);
            var found = chat.runForStrings(focused);
            if (found.getFirst().equals(name)) {
                boolean isField = name.equals("Your message");
                assertThat(isField || found.getLast().equals("solid2px")).isTrue();
                return;
            }
        }
        throw new AssertionError("60 × " + key + " did not reach '" + name + "'");
    }
}
