package dev.altiplano.cli.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A hub on loopback: serves files with ranges, and breaks the line after a byte count when told to.
 */
final class FakeHub implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, byte[]> files = new HashMap<>();
    final List<String> ranges = new ArrayList<>();
    final List<String> tokens = new ArrayList<>();
    private String listing = "{}";
    private int breakAfterBytes = Integer.MAX_VALUE;
    private Optional<URI> redirect = Optional.empty();

    FakeHub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    FakeHub file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    FakeHub listing(String json) {
        listing = json;
        return this;
    }

    /** The next answer with a file ends after so many bytes; those after it are whole. */
    FakeHub breakOnceAfter(int sizeBytes) {
        breakAfterBytes = sizeBytes;
        return this;
    }

    FakeHub redirectFilesTo(URI other) {
        redirect = Optional.of(other);
        return this;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            tokens.add(String.valueOf(token));
            if (path.startsWith("/api/")) {
                byte[] body = listing.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            } else if (redirect.isPresent()) {
                String location = redirect.get().resolve(path).toString();
                exchange.getResponseHeaders().add("Location", location);
                exchange.sendResponseHeaders(302, -1);
            } else {
                sendFile(exchange, files.get(path.replaceFirst(".*/resolve/[^/]+/", "")));
            }
        }
    }

    private void sendFile(HttpExchange exchange, byte @Nullable [] content) throws IOException {
        if (content == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(range));
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        int length = content.length - from;
        exchange.sendResponseHeaders(range == null ? 200 : 206, length);
        int sent = Math.min(length, breakAfterBytes);
        breakAfterBytes = Integer.MAX_VALUE;
        exchange.getResponseBody().write(content, from, sent);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
