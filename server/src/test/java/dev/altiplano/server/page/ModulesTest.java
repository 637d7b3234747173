package dev.altiplano.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Modules of the page, each by itself. */
@ExtendWith(BrowserExtension.class)
final class ModulesTest {
    private static final String MODULE = "import('/page-tests/modules.js')";

    @Test
    void closesHalfTypedMarkup(PageBrowser browser) {
        Map<String, String> cases =
                Map.ofEntries(
                        Map.entry("plain", "plain"),
                        Map.entry("a **bo", "a **bo**"),
                        Map.entry("a **bo ", "a **bo** "),
                        Map.entry("a **bold** b", "a **bold** b"),
                        Map.entry("a **", "a "),
                        Map.entry("a *i **b", "a *i **b***"),
                        Map.entry("2 * 3", "2 * 3"),
                        Map.entry("a `co*de", "a `co*de`"),
                        Map.entry("a ``co`de", "a ``co`de``"),
                        Map.entry("a `", "a "),
                        Map.entry("a \\*b", "a \\*b"),
                        Map.entry("~~gone", "~~gone~~"),
                        Map.entry("see [the page](https://exa", "see the page"),
                        Map.entry("x[1] = (2", "x[1] = (2"),
                        Map.entry("text\n-", "text\n"),
                        Map.entry("text\n12.", "text\n"),
                        Map.entry("##", ""),
                        Map.entry("## T", "## T"),
                        Map.entry("**done**\nnew *l", "**done**\nnew *l*"));
        ChatPage chat = browser.open();

        cases.forEach(
                (text, expected) ->
                        assertThat(
                                        chat.run(
                                                MODULE
                                                        + ".then((m) => m.closed(['%s'])[0])"
                                                                .formatted(js(text))))
                                .as(text)
                                .isEqualTo(expected));
    }

    private static String js(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    @Test
    void readsEventsWhateverTheSizeOfThePieces(PageBrowser browser) {
        ChatPage chat = browser.open();
        String stream =
                "data: {\"a\":\"ñ🏔\"}\\n\\n: ping\\n\\ndata:two\\r\\ndata: lines\\r\\n\\r\\nevent: x\\nid: 7\\ndata: [DONE]\\n\\ndata: cut";

        for (int size : new int[] {1, 2, 3, 5, 100}) {
            assertThat(
                            chat.runForStrings(
                                    MODULE
                                            + ".then((m) => m.events('%s', %d))"
                                                    .formatted(stream, size)))
                    .as("pieces of %d bytes", size)
                    .containsExactly("{\"a\":\"ñ🏔\"}", "two\nlines", "[DONE]");
        }
    }

    @Test
    void theOldestChatsMakeRoomWhenTheStorageIsFull(PageBrowser browser) {
        ChatPage chat = browser.open();

        List<String> titles = chat.runForStrings(MODULE + ".then((m) => m.titlesAfterSaving(8))");

        assertThat(titles).startsWith("chat 8", "chat 7").doesNotContain("chat 1");
    }

    @Test
    void namesAChatByTheFirstWordsOfItsFirstMessage(PageBrowser browser) {
        ChatPage chat = browser.open();

        assertThat(
                        chat.runForStrings(
                                MODULE
                                        + ".then((m) => m.titles([' Short\\none ', 'word '.repeat(30), 'x'.repeat(90)]))"))
                .containsExactly(
                        "Short one",
                        "word word word word word word word word word word word word…",
                        "x".repeat(30) + "…");
    }
}
