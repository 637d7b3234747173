package dev.altiplano.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrowserExtension.class)
final class HistoryTest {
    @Test
    void aReloadKeepsTheChatAndItGoesOn(PageBrowser browser) {
        browser.model().willSay("Hello **you**.");
        ChatPage chat = browser.open();
        chat.sendAndAwaitAnswer("Hi");

        chat.page().reload();
        chat.waitUntilReady();

        assertThat(chat.questions()).hasText("Hi");
        assertThat(chat.lastAnswer().locator("strong")).hasText("you");
        assertThat(chat.lastMessage().locator(".figures")).containsText("1 token");
        browser.model().willSay("Still here.");
        chat.sendAndAwaitAnswer("And now?");
        assertThat(browser.model().lastPrompt())
                .isEqualTo("<|user|>Hi<|assistant|>Hello **you**.<|user|>And now?");
    }

    @Test
    void aReloadInTheMiddleKeepsWhatHadCome(PageBrowser browser) throws Exception {
        Dictation answer = browser.model().nextAnswer().say("So far");
        ChatPage chat = browser.open();
        chat.send("Hi");
        assertThat(chat.lastAnswer()).containsText("So far");

        chat.page().reload();
        chat.waitUntilReady();

        assertThat(chat.lastAnswer()).hasText("So far");
        assertThat(chat.lastMessage().locator(".note"))
                .hasText("Interrupted when the page was left.");
        assertThat(answer.isCancelledSoon()).isTrue();
    }

    @Test
    void aDraftSurvivesAReload(PageBrowser browser) {
        ChatPage chat = browser.open();
        chat.field().fill("Not sent yet");

        chat.page().reload();

        assertThat(chat.field()).hasValue("Not sent yet");
        assertThat(chat.sendButton()).isEnabled();
    }

    @Test
    void chatsAreOpenedAgainByTheSidebarAndTheBackButton(PageBrowser browser) {
        browser.model().willSay("One");
        browser.model().willSay("Two");
        ChatPage chat = browser.open();
        chat.sendAndAwaitAnswer("First chat");
        chat.newChat();
        chat.sendAndAwaitAnswer("Second chat");
        assertThat(chat.chats()).hasText(new String[] {"Second chat", "First chat"});

        chat.chats().last().locator(".open").click();
        assertThat(chat.lastAnswer()).hasText("One");
        assertThat(chat.page()).hasTitle("First chat · Altiplano");

        chat.page().goBack();
        assertThat(chat.lastAnswer()).hasText("Two");
    }

    @Test
    void aChatIsRenamed(PageBrowser browser) {
        browser.model().willSay("One");
        ChatPage chat = browser.open();
        chat.sendAndAwaitAnswer("First chat");

        chat.chats().locator(".pencil").click();
        chat.page().locator(".rename").fill("A better name");
        chat.page().locator(".rename").press("Enter");

        assertThat(chat.chats().locator(".open")).hasText("A better name");
        assertThat(chat.chats().locator(".open")).isFocused();
        chat.page().reload();
        assertThat(chat.chats().locator(".open")).hasText("A better name");
    }

    @Test
    void aDeletedChatComesBackByUndo(PageBrowser browser) {
        browser.model().willSay("One");
        ChatPage chat = browser.open();
        chat.sendAndAwaitAnswer("First chat");

        chat.chats().locator(".trash").click();
        assertThat(chat.chats()).hasCount(0);
        assertThat(chat.page().locator("start-screen")).isVisible();
        chat.page().locator("page-toast button").click();

        assertThat(chat.chats()).hasText("First chat");
        assertThat(chat.lastAnswer()).hasText("One");
    }

    @Test
    void allChatsAreDeletedOnlyAfterASecondPress(PageBrowser browser) {
        browser.model().willSay("One");
        ChatPage chat = browser.open();
        chat.sendAndAwaitAnswer("First chat");
        chat.openSettings();

        chat.page().locator("settings-dialog .danger").click();
        assertThat(chat.page().locator("settings-dialog .danger"))
                .hasText("Really delete all chats?");
        assertThat(chat.chats()).hasCount(1);
        chat.page().locator("settings-dialog .danger").click();

        assertThat(chat.chats()).hasCount(0);
        chat.page().reload();
        assertThat(chat.waitUntilReady().chats()).hasCount(0);
    }

    @Test
    void damagedStorageDoesNotKeepThePageFromStarting(PageBrowser browser) {
        ChatPage chat = browser.open();
        chat.run(
                """
                () => {
                    localStorage.setItem('altiplano.chats', '[{"id":"a","title":"A"},7,null]');
                    localStorage.setItem('altiplano.chat.a', '[null,{"id":"x"},{"id":"q","role":"user","text":"Kept"}]');
                    localStorage.setItem('altiplano.settings', '{"temperature":"hot","maxTokens":-1}');
                    localStorage.setItem('altiplano.language', 'toString');
                }
                """);

        chat.page().reload();
        chat.waitUntilReady().chats().locator(".open").click();

        assertThat(chat.questions()).hasText("Kept");
        assertThat(chat.page().locator("html")).hasAttribute("lang", "en");
    }
}
