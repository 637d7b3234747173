package dev.altiplano.server.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Opens chat pages for one test and collects what they complain about. */
final class PageBrowser {
    private final Browser browser;
    private final URI uri;
    private final DictatedModel model;
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    PageBrowser(Browser browser, URI uri, DictatedModel model) {
        this.browser = browser;
        this.uri = uri;
        this.model = model;
    }

    /** What answers the pages of this test. */
    DictatedModel model() {
        return model;
    }

    /** The server that all tests share. */
    URI uri() {
        return uri;
    }

    /** A fresh reader opens the page. */
    ChatPage open() {
        return open(Look.WIDE);
    }

    ChatPage open(Look look) {
        return open(look, uri, page -> {});
    }

    /**
     * As {@link #open()}, at another server.
     *
     * @param preparation what to do before the page is loaded
     */
    ChatPage open(Look look, URI server, Consumer<Page> preparation) {
        return new ChatPage(load(look, server, preparation)).waitUntilReady();
    }

    /** A fresh reader opens another page of the shared server, such as {@code plan/en}. */
    Page openPath(Look look, String path) {
        return load(look, uri.resolve(path), page -> {});
    }

    private Page load(Look look, URI address, Consumer<Page> preparation) {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setLocale(look.locale())
                                .setColorScheme(look.scheme())
                                .setViewportSize(look.width(), look.height())
                                .setPermissions(List.of("clipboard-read", "clipboard-write")));
        contexts.add(context);
        Page page = context.newPage();
        page.onPageError(error -> problems.add("error: " + error));
        page.onConsoleMessage(this::hear);
        page.onRequest(request -> checkHost(request, address));
        preparation.accept(page);
        page.navigate(address.toString());
        return page;
    }

    /** Refused requests show in the console whatever the page does: they are not its fault. */
    private void hear(ConsoleMessage message) {
        boolean isComplaint = message.type().equals("error") || message.type().equals("warning");
        if (isComplaint && !message.text().startsWith("Failed to load resource")) {
            problems.add(message.type() + ": " + message.text());
        }
    }

    private void checkHost(Request request, URI server) {
        URI asked = URI.create(request.url());
        boolean isOurs = server.getAuthority().equals(asked.getAuthority());
        if (!isOurs && !asked.getScheme().equals("data") && !asked.getScheme().equals("about")) {
            problems.add("asked an outside host: " + request.url());
        }
    }

    List<String> problems() {
        return problems;
    }

    void closeContexts() {
        contexts.forEach(BrowserContext::close);
    }
}
