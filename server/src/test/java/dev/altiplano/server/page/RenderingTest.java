package dev.altiplano.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The cost of a token, and that an answer looks the same however it comes. */
@ExtendWith(BrowserExtension.class)
final class RenderingTest {
    private static final String MODULE = "import('/page-tests/rendering.js')";

    /** A chat of the reader's history with so many questions and answers. */
    private static final String STORE_CHAT =
            """
            (pairs) => {
                const messages = [];
                for (let i = 0; i < pairs; i++) {
                    messages.push({ id: `q${i}`, role: 'user', text: `Question ${i}` });
                    messages.push({ id: `a${i}`, role: 'assistant', answer: { state: 'complete',
                        text: `Answer **${i}**\\n\\n- one\\n- two\\n\\n~~~js\\nlet x\\n~~~`, model: 'm', finishReason: 'stop',
                        tokens: 9, rate: 9, error: null } });
                }
                localStorage.setItem('altiplano.chats',
                    JSON.stringify([{ id: 'long', title: 'Long', updatedAt: 1 }]));
                localStorage.setItem('altiplano.chat.long', JSON.stringify(messages));
            }
            """;

    /** Keeps the elements under observation in {@code window.watched}. */
    private static final String COUNT_WATCHED =
            """
            window.watched = new Set();
            for (const kind of [IntersectionObserver, ResizeObserver]) {
                const { observe, unobserve } = kind.prototype;
                kind.prototype.observe = function (element) {
                    window.watched.add(element);
                    observe.call(this, element);
                };
                kind.prototype.unobserve = function (element) {
                    window.watched.delete(element);
                    unobserve.call(this, element);
                };
            }
            """;

    @Test
    void anAnswerLooksTheSameWhateverThePiecesItComesIn(PageBrowser browser) {
        ChatPage chat = browser.open();

        assertThat(chat.runForStrings(MODULE + ".then((m) => m.seedsThatDiffer(1, 400))"))
                .as("seeds whose documents differ")
                .isEmpty();
    }

    @Test
    void aTokenCostsTheSameAfterTwoThousandParagraphsAsAfterOne(PageBrowser browser) {
        ChatPage chat = browser.open();

        List<String> afterOne = chat.runForStrings(MODULE + ".then((m) => m.costAfter(1))");
        List<String> afterMany = chat.runForStrings(MODULE + ".then((m) => m.costAfter(2000))");

        assertThat(afterMany).isEqualTo(afterOne);
    }

    @Test
    void anOpenCodeBlockIsNotParsedAgain(PageBrowser browser) {
        ChatPage chat = browser.open();

        assertThat(chat.runForInt(MODULE + ".then((m) => m.parsesOfOpenCode(500))")).isZero();
    }

    @Test
    void finishedBlocksAreNotTouched(PageBrowser browser) {
        ChatPage chat = browser.open();

        assertThat(chat.runForStrings(MODULE + ".then((m) => m.changesOfFinishedBlocks())"))
                .containsExactly("4", "0");
    }

    @Test
    void nodesOfTheOpenBlockStayWhileItGrows(PageBrowser browser) {
        ChatPage chat = browser.open();

        assertThat(chat.run(MODULE + ".then((m) => m.keepsNodesOfTheOpenBlock())")).isEqualTo(true);
    }

    @Test
    void messagesOfALongChatAreNotRenderedForATokenOfTheLast(PageBrowser browser) {
        int rendersInShortChat = rendersOfOneAnswer(browser, 2);
        int rendersInLongChat = rendersOfOneAnswer(browser, 150);

        assertThat(rendersInLongChat).isEqualTo(rendersInShortChat).isLessThan(12);
    }

    /** Message renders and changes inside earlier messages while an answer of 60 tokens comes. */
    private static int rendersOfOneAnswer(PageBrowser browser, int earlierPairs) {
        Dictation answer = browser.model().nextAnswer();
        ChatPage chat = browser.open();
        openStoredChat(chat, earlierPairs);
        chat.run(
                """
                import('/js/counters.js').then(({ counters }) => {
                    window.rendersBefore = counters.messageRenders;
                    window.changes = 0;
                    const log = document.querySelector('chat-app').renderRoot.querySelector('chat-log');
                    const observer = new MutationObserver((records) => { window.changes += records.length; });
                    for (const message of log.renderRoot.querySelectorAll('chat-message')) {
                        const text = message.renderRoot.querySelector('answer-text');
                        if (text !== null) {
                            observer.observe(text.renderRoot, { childList: true, characterData: true, subtree: true });
                        }
                    }
                })
                """);
        chat.send("One more");
        for (int token = 0; token < 60; token++) {
            answer.say(token % 12 == 11 ? "word.\n\n" : "word ");
        }
        answer.say("The end.").end();
        assertThat(chat.lastMessage().locator(".figures")).containsText("61 tokens");
        assertThat(chat.runForInt("window.changes")).isZero();
        return chat.runForInt(
                "import('/js/counters.js').then(({ counters }) => counters.messageRenders - window.rendersBefore)");
    }

    /** What the browser looks at again at every frame, whatever has changed. */
    @Test
    void aLongChatIsWatchedInAFewGroups(PageBrowser browser) {
        ChatPage chat = browser.open();
        chat.page().addInitScript(COUNT_WATCHED);

        openStoredChat(chat, 150);

        int skippable =
                chat.runForInt(
                        """
                        (() => {
                            const all = (root) => [...root.querySelectorAll('*')].flatMap((element) =>
                                [element, ...(element.shadowRoot === null ? [] : all(element.shadowRoot))]);
                            return all(document).filter((element) =>
                                getComputedStyle(element).contentVisibility === 'auto').length;
                        })()
                        """);
        assertThat(skippable).as("groups of messages").isEqualTo(19);
        assertThat(chat.runForInt("window.watched.size"))
                .as("elements watched by observers")
                .isLessThan(80);
    }

    private static void openStoredChat(ChatPage chat, int pairs) {
        chat.run(STORE_CHAT, pairs);
        chat.page().reload();
        chat.chats().locator(".open").click();
        assertThat(chat.page().locator("chat-message")).hasCount(2 * pairs);
        assertThat(chat.page().locator("code-block").last()).isInViewport();
    }

    @Test
    void codeIsColouredOnceAndOnlyWhenItsBlockCloses(PageBrowser browser) {
        Dictation answer = browser.model().nextAnswer();
        ChatPage chat = browser.open();
        chat.send("Code");
        answer.say("```java\nint x = 1;\nint ").say("y");
        assertThat(chat.page().locator("code-block code")).containsText("int y");
        assertThat(chat.page().locator("code-block .hljs-type")).hasCount(0);

        answer.say(" = 2;\n```\n");
        assertThat(chat.page().locator("code-block .hljs-type")).hasCount(2);
        answer.say("\nText that goes on.\n\nAnd on.").end();

        assertThat(chat.lastMessage().locator(".figures")).containsText("tokens");
        assertThat(chat.page().locator("code-block code")).hasText("int x = 1;\nint y = 2;");
        assertThat(
                        chat.runForInt(
                                "import('/js/counters.js').then(({ counters }) => counters.highlights)"))
                .isEqualTo(1);
    }

    @Test
    void halfTypedMarkupDoesNotFlash(PageBrowser browser) {
        ChatPage chat = browser.open();

        List<String> shown =
                chat.runForStrings(
                        MODULE
                                + ".then((m) => m.shownAfterEach(['Text', '\\n', '-', ' an', ' **it', '**', '\\n\\n', '``', '`js\\nx', '\\n``', '`\\n']))");

        assertThat(shown)
                .containsExactly(
                        "<p>Text</p>",
                        "<p>Text</p>",
                        "<p>Text</p>",
                        "<p>Text</p><ul><li>an</li></ul>",
                        "<p>Text</p><ul><li>an <strong>it</strong></li></ul>",
                        "<p>Text</p><ul><li>an <strong>it</strong></li></ul>",
                        "<ul><li>an <strong>it</strong></li></ul>",
                        "<ul><li>an <strong>it</strong></li></ul>",
                        "<code-block><pre><code class=\"language-js\">x</code></pre></code-block>",
                        "<code-block><pre><code class=\"language-js\">x</code></pre></code-block>",
                        "");
    }

    @Test
    void theModelsHeadingsFitIntoThePagesOutline(PageBrowser browser) {
        ChatPage chat = browser.open();

        assertThat(
                        chat.run(
                                MODULE
                                        + ".then((m) => m.html('## Top\\n\\n### Sub\\n\\n# Higher\\n\\n###### Low'))"))
                .isEqualTo("<h3>Top</h3><h4>Sub</h4><h3>Higher</h3><h6>Low</h6>");
    }
}
