package dev.altiplano.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.server.api.Routes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StaticPagesTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static AltiplanoServer server;

    @BeforeAll
    static void start() {
        server = AltiplanoServer.start(ServerOptions.defaults().withPort(0), new Routes(List.of()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/sample/page.html, text/html; charset=utf-8",
        "/sample/page.js, text/javascript; charset=utf-8",
        "/_static/lit/3.3.3/index.js, text/javascript; charset=utf-8",
        "/_static/reactive-element/2.1.2/reactive-element.js, text/javascript; charset=utf-8",
        "/_static/marked/17.0.5/lib/marked.esm.js, text/javascript; charset=utf-8",
        "/_static/dompurify/3.4.15/dist/purify.es.mjs, text/javascript; charset=utf-8",
        "/webjars/highlightjs/11.11.1/highlight.min.js, text/javascript; charset=utf-8",
    })
    void servesPagesAndLibrariesWithTheirTypes(String path, String contentType) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains(contentType);
        assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
    }

    @Test
    void letsBrowsersKeepLibrariesForEverButAskForPagesAgain() throws Exception {
        assertThat(get("/_static/lit/3.3.3/index.js").headers().firstValue("cache-control"))
                .contains("public, max-age=31536000, immutable");
        assertThat(get("/sample/page.js").headers().firstValue("cache-control"))
                .contains("no-cache");
    }

    @Test
    void doesNotSendAPageThatTheBrowserHas() throws Exception {
        String etag = get("/sample/page.html").headers().firstValue("etag").orElseThrow();

        HttpResponse<String> answer =
                send(
                        HttpRequest.newBuilder(uri("/sample/page.html"))
                                .header("if-none-match", etag));

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("etag")).contains(etag);
    }

    @Test
    void letsPagesLoadOnlyFromThisServerAndRunOnlyTheirOwnInlineScripts() throws Exception {
        byte[] hash =
                MessageDigest.getInstance("SHA-256")
                        .digest("{\"imports\":{}}".getBytes(StandardCharsets.UTF_8));

        String policy =
                get("/sample/page.html")
                        .headers()
                        .firstValue("content-security-policy")
                        .orElseThrow();

        assertThat(policy)
                .contains(
                        "default-src 'self'",
                        "script-src 'self' 'sha256-"
                                + Base64.getEncoder().encodeToString(hash)
                                + "';",
                        "frame-ancestors 'none'")
                .doesNotContain("http:", "https:", "*", "unsafe-inline", "unsafe-eval");
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        String answer =
                raw(
                        "HEAD /sample/page.js HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
        assertThat(answer).containsIgnoringCase("content-length: 26\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sample/none.html",
                "/sample/",
                "/sample",
                "/sample/../sample/page.html/..%2f..%2f..%2fetc/passwd.txt",
                "/%2e%2e/dev/altiplano/server/AltiplanoServer.class",
                "/../META-INF/MANIFEST.MF",
                "/_static/../maven/x.txt",
                "/WEB-INF/.hidden.js",
            })
    void servesNothingElse(String path) throws Exception {
        String answer =
                raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).containsPattern("^HTTP/1.1 (404|400) ");
        assertThat(answer).contains("{\"error\":{\"message\":");
    }

    private static String raw(String request) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            return client.send(request).readAll();
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private static URI uri(String path) {
        return server.uri().resolve(path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
