package dev.altiplano.server;

import dev.altiplano.server.api.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Serves files from the class path: our own from {@code web/} at {@code /}, the libraries' from
 * {@code META-INF/resources/} at {@code /_static/} and {@code /webjars/}.
 *
 * <p>The libraries' paths carry their version, so browsers may keep them for ever. Ours do not:
 * they are asked for again each time, and an ETag made from the content saves sending them.
 * (Helidon's own static content compares dates, and those are the same in every reproducible
 * build.)
 */
final class StaticPages {
    private static final Pattern PLAIN_PATH = Pattern.compile("(/[A-Za-z0-9@_][A-Za-z0-9@_.-]*)+");
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache";

    private static final Map<String, String> CONTENT_TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("mjs", "text/javascript; charset=utf-8"),
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("map", "application/json"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("txt", "text/plain; charset=utf-8"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("woff", "font/woff"),
                    Map.entry("ttf", "font/ttf"));

    /** Only files that exist are kept, so the class path bounds this map. */
    private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

    /**
     * Answers the call if there is such a file.
     *
     * @return false when there is none; nothing was answered then
     */
    boolean handle(HttpCall call) throws IOException {
        boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
        String path = call.path().equals("/") ? "/index.html" : call.path();
        Optional<StaticFile> found = reads ? find(path) : Optional.empty();
        if (found.isEmpty()) {
            return false;
        }
        StaticFile file = found.get();
        call.answerHeader("cache-control", isLibrary(path) ? FOR_EVER : ASK_AGAIN);
        call.answerHeader("etag", file.etag());
        call.answerHeader("content-security-policy", file.contentSecurityPolicy());
        if (call.header("if-none-match").filter(file.etag()::equals).isPresent()) {
            call.answer(304, file.contentType(), new byte[0]);
        } else {
            call.answer(200, file.contentType(), file.bytes());
        }
        return true;
    }

    private Optional<StaticFile> find(String path) throws IOException {
        StaticFile known = files.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        String contentType = CONTENT_TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (contentType == null || !PLAIN_PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        String resource = (isLibrary(path) ? "/META-INF/resources" : "/web") + path;
        try (InputStream stream = StaticPages.class.getResourceAsStream(resource)) {
            if (stream == null) {
                return Optional.empty();
            }
            StaticFile file = new StaticFile(contentType, stream.readAllBytes());
            files.put(path, file);
            return Optional.of(file);
        }
    }

    private static boolean isLibrary(String path) {
        return path.startsWith("/_static/") || path.startsWith("/webjars/");
    }
}
