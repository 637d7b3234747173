package dev.altiplano.server.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.altiplano.server.AltiplanoServer;
import dev.altiplano.server.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a {@link PageBrowser}: one Chromium and one server serve them all, and each page
 * is opened in a context of its own. After each test it fails those whose pages logged an error,
 * broke the content security policy or asked an outside host for anything.
 *
 * <p>Without Chromium the tests fail where {@code CI=true}, and elsewhere are skipped.
 */
final class BrowserExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(BrowserExtension.class);
    private static final List<String> CHROMIUM_PLACES =
            List.of(
                    "/usr/bin/chromium",
                    "/usr/bin/chromium-browser",
                    "/usr/bin/google-chrome",
                    "/opt/homebrew/bin/chromium",
                    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    private static final int ASSERTION_MILLIS = 15_000;

    /** What all tests share, closed at the end of the last. */
    private record Shared(
            Playwright playwright, Browser browser, AltiplanoServer server, DictatedModel model)
            implements AutoCloseable {
        static Shared start(Path chromium) {
            PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTION_MILLIS);
            Playwright playwright =
                    Playwright.create(
                            new Playwright.CreateOptions()
                                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Browser browser =
                    playwright
                            .chromium()
                            .launch(
                                    new BrowserType.LaunchOptions()
                                            .setExecutablePath(chromium)
                                            .setArgs(List.of("--no-sandbox")));
            DictatedModel model = new DictatedModel();
            AltiplanoServer server =
                    AltiplanoServer.start(ServerOptions.defaults().withPort(0), model);
            return new Shared(playwright, browser, server, model);
        }

        @Override
        public void close() {
            playwright.close();
            server.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<Path> chromium = chromium();
        if (chromium.isEmpty()) {
            String message =
                    "No Chromium at %s. Install it (apt install chromium), or name one in CHROMIUM."
                            .formatted(CHROMIUM_PLACES);
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(message);
            }
            Assumptions.abort(message);
        }
        context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        Shared.class, key -> Shared.start(chromium.orElseThrow()), Shared.class);
    }

    private static Optional<Path> chromium() {
        String named = System.getenv("CHROMIUM");
        List<String> places = named == null ? CHROMIUM_PLACES : List.of(named);
        return places.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Shared shared =
                Objects.requireNonNull(
                        context.getRoot().getStore(NAMESPACE).get(Shared.class, Shared.class));
        shared.model().reset();
        context.getStore(NAMESPACE)
                .put(
                        PageBrowser.class,
                        new PageBrowser(shared.browser(), shared.server().uri(), shared.model()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        PageBrowser browser = browser(context);
        browser.closeContexts();
        Assertions.assertEquals(List.of(), browser.problems(), "what the pages complained about");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PageBrowser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return browser(context);
    }

    private static PageBrowser browser(ExtensionContext context) {
        return Objects.requireNonNull(
                context.getStore(NAMESPACE).get(PageBrowser.class, PageBrowser.class));
    }
}
