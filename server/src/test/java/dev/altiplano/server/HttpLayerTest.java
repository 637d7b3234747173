package dev.altiplano.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.server.api.HttpCall;
import dev.altiplano.server.api.Routes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow, partial and odd HTTP over raw sockets, against three endpoints made for it. */
final class HttpLayerTest {
    private static final int BODY_BYTES_MAX = 1000;
    private static final String HOST = "Host: localhost\r\n";
    private static final Duration SHORT = Duration.ofMillis(150);

    private static AltiplanoServer server;
    private static volatile CountDownLatch waiting = new CountDownLatch(1);
    private static volatile CountDownLatch gone = new CountDownLatch(1);

    @BeforeAll
    static void start() {
        ServerOptions options =
                ServerOptions.defaults()
                        .withPort(0)
                        .withBodyBytesMax(BODY_BYTES_MAX)
                        .withAllowedHosts(Set.of("llama.example"));
        server = AltiplanoServer.start(options, routes());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Routes routes() {
        return new Routes(
                List.of(
                        new Routes.Route("POST", "/echo", HttpLayerTest::echo),
                        new Routes.Route("POST", "/wait", HttpLayerTest::waitForTheClient),
                        new Routes.Route("GET", "/endless", HttpLayerTest::writeWithoutEnd),
                        new Routes.Route(
                                "GET",
                                "/bug",
                                call -> {
                                    throw new IllegalStateException("secret detail");
                                })));
    }

    private static void echo(HttpCall call) throws IOException {
        byte[] body = call.body().readAllBytes();
        if (call.header("x-stream").isPresent()) {
            try (OutputStream stream = call.answerStream("text/plain")) {
                stream.write(body);
                stream.flush();
                stream.write(body);
            }
        } else {
            call.answer(200, "text/plain", body);
        }
    }

    /** Answers nothing until the client goes away. */
    private static void waitForTheClient(HttpCall call) throws IOException {
        call.body().readAllBytes();
        CountDownLatch left = gone;
        try (HttpCall.ClientWatch watch = call.whenClientGone(left::countDown)) {
            assertThat(watch).isNotNull();
            waiting.countDown();
            assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
            throw new IOException("the client went away");
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void closesAfterTheAnswerWhenAskedTo() throws Exception {
        String answer = exchange("POST /echo HTTP/1.1\r\n" + HOST + close("hello"));

        assertThat(answer).startsWith("HTTP/1.1 200").endsWith("hello");
    }

    @Test
    void closesAfterAStreamWhenAskedTo() throws Exception {
        String answer =
                exchange("POST /echo HTTP/1.1\r\n" + HOST + "x-stream: 1\r\n" + close("hello"));

        assertThat(answer).startsWith("HTTP/1.1 200").endsWith("5\r\nhello\r\n0\r\n\r\n");
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws Exception {
        String answer =
                exchange(
                        "POST /echo HTTP/1.1\r\n"
                                + HOST
                                + "Content-Length: 3\r\n\r\none"
                                + "POST /echo HTTP/1.1\r\n"
                                + HOST
                                + close("two"));

        assertThat(answer).containsSubsequence("HTTP/1.1 200", "one", "HTTP/1.1 200", "two");
    }

    @Test
    void readsARequestThatComesInPieces() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            for (char piece : ("POST /echo HTTP/1.1\r\n" + HOST + close("slow")).toCharArray()) {
                client.send(String.valueOf(piece));
            }
            assertThat(client.readAll()).startsWith("HTTP/1.1 200").endsWith("slow");
        }
    }

    @Test
    void readsAChunkedBody() throws Exception {
        String answer =
                exchange(
                        "POST /echo HTTP/1.1\r\nConnection: close\r\n"
                                + HOST
                                + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n");

        assertThat(answer).endsWith("abcde");
    }

    @Test
    void seesAClientLeaveWhileNothingIsWritten() throws Exception {
        waiting = new CountDownLatch(1);
        gone = new CountDownLatch(1);
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST /wait HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\n\r\n{}");
            assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'GARBAGE\r\n\r\n', 400, bad_request",
        "'GET /health HTTP/1.0\r\n\r\n', 505, http_version_not_supported",
        "'GET /health HTTP/3.7\r\nHost: localhost\r\n\r\n', 400, bad_request",
        "'GET /health HTTP/1.1\r\n\r\n', 400, bad_request",
        "'GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 400, bad_request",
        "'GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n', 400, bad_request",
        "'GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n', 400, bad_request",
        "'GET /health HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n', 400, bad_request",
        "'GET /health HTTP/1.1\nHost: localhost\n\n', 400, bad_request",
        "'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n', 400, bad_request",
        "'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n', 400, bad_request",
        "'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n', 400, bad_request",
        "'POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n', 400, bad_request",
        "'POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', 400, bad_request",
        "'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\n\r\n', 413, request_too_large",
        "'POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n', 413, request_too_large",
    })
    void refusesOddHttpInTheUsualShapeAndCloses(String request, int status, String code)
            throws Exception {
        assertError(exchange(request), status, code);
    }

    @ParameterizedTest
    @CsvSource({
        "'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\n\r\n', larger than 1000 bytes",
        "'POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n', larger than 1000 bytes",
        "'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Encoding: gzip\r\n\r\n{}', not compressed",
    })
    void saysWhatABodyMayBe(String request, String told) throws Exception {
        assertThat(exchange(request)).contains(told);
    }

    @Test
    void refusesACompressedBody() throws Exception {
        String request =
                "POST /echo HTTP/1.1\r\n"
                        + HOST
                        + "Content-Length: 2\r\nContent-Encoding: gzip\r\n\r\n{}";

        assertError(exchange(request), 415, "unsupported_media_type");
    }

    @Test
    void refusesATooLongAddress() throws Exception {
        String request = "GET /" + "a".repeat(9000) + " HTTP/1.1\r\n" + HOST + "\r\n";

        assertError(exchange(request), 414, "uri_too_long");
    }

    @Test
    void refusesTooManyHeaders() throws Exception {
        String header = "x-filler: " + "a".repeat(1000) + "\r\n";
        String request = "GET /health HTTP/1.1\r\n" + HOST + header.repeat(20) + "\r\n";

        String answer = exchange(request);

        assertError(answer, 431, "headers_too_large");
        assertThat(answer).startsWith("HTTP/1.1 431 Request Header Fields Too Large");
    }

    @Test
    void letsAClientReadTheRefusalOfABodyItIsStillSending() throws Exception {
        String request =
                "POST /echo HTTP/1.1\r\n"
                        + HOST
                        + "Content-Length: 5000000\r\n\r\n"
                        + "a".repeat(5_000_000);

        assertError(exchange(request), 413, "request_too_large");
    }

    @Test
    void refusesAMethodThatAPathDoesNotTake() throws Exception {
        String answer = exchange("GET /echo HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n");

        assertError(answer, 405, "method_not_allowed");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT)).contains("allow: post\r\n");
    }

    @Test
    void tellsNothingOfItsInsideWhenItFails() throws Exception {
        String answer = exchange("GET /bug HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n");

        assertError(answer, 500, "internal_error");
        assertThat(answer).doesNotContain("secret").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:80", "127.0.0.1:1", "[::1]:8080", "LLAMA.example"})
    void answersToItsOwnNames(String host) throws Exception {
        assertThat(hostAnswer("Host: " + host + "\r\n")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80"})
    void refusesNamesThatOthersPointedHere(String host) throws Exception {
        assertError(hostAnswer("Host: " + host + "\r\n"), 403, "host_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://localhost:81", "::"})
    void refusesPagesOfOtherSites(String origin) throws Exception {
        String answer = hostAnswer("Host: localhost:80\r\nOrigin: " + origin + "\r\n");

        assertError(answer, 403, "origin_not_allowed");
    }

    @Test
    void answersItsOwnPages() throws Exception {
        String answer = hostAnswer("Host: localhost:80\r\nOrigin: http://localhost:80\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Test
    void givesUpOnHeadersThatDoNotEnd() throws Exception {
        try (AltiplanoServer impatient = impatient()) {
            try (RawClient client = new RawClient(impatient.port())) {
                client.send("POST /echo HTTP/1.1\r\nHo");
                assertError(client.readAll(), 408, "request_timeout");
            }
        }
    }

    @Test
    void givesUpOnABodyThatDoesNotEnd() throws Exception {
        try (AltiplanoServer impatient = impatient()) {
            try (RawClient client = new RawClient(impatient.port())) {
                client.send("POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: 9\r\n\r\nhalf");
                assertError(client.readAll(), 408, "request_timeout");
            }
        }
    }

    @Test
    void hangsUpOnAClientThatSaysNothing() throws Exception {
        try (AltiplanoServer impatient = impatient()) {
            try (RawClient client = new RawClient(impatient.port())) {
                assertThat(client.readAll()).isEmpty();
            }
        }
    }

    @Test
    void hangsUpOnAClientThatDoesNotRead() throws Exception {
        gone = new CountDownLatch(1);
        try (AltiplanoServer impatient = impatient()) {
            try (RawClient client = new RawClient(impatient.port())) {
                client.send("GET /endless HTTP/1.1\r\n" + HOST + "\r\n");
                assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    /** Answers until the client is gone. */
    private static void writeWithoutEnd(HttpCall call) throws IOException {
        byte[] part = new byte[1 << 16];
        try (OutputStream stream = call.answerStream("text/plain")) {
            while (true) {
                stream.write(part);
                stream.flush();
            }
        } finally {
            gone.countDown();
        }
    }

    private static AltiplanoServer impatient() {
        ServerOptions.Timeouts timeouts =
                new ServerOptions.Timeouts(SHORT, SHORT, SHORT, SHORT, SHORT);
        ServerOptions options = ServerOptions.defaults().withPort(0).withTimeouts(timeouts);
        return AltiplanoServer.start(options, routes());
    }

    private static String close(String body) {
        return "Connection: close\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
    }

    private static String hostAnswer(String headers) throws IOException {
        return exchange(
                "POST /echo HTTP/1.1\r\n"
                        + headers
                        + "Connection: close\r\nContent-Length: 0\r\n\r\n");
    }

    private static String exchange(String request) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            return client.send(request).readAll();
        }
    }

    private static void assertError(String answer, int status, String code) {
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer).containsIgnoringCase("\r\nx-request-id: req_");
        assertThat(answer).containsIgnoringCase("\r\ncontent-type: application/json\r\n");
        assertThat(answer)
                .containsIgnoringCase(
                        "\r\ncontent-length: " + body.getBytes(StandardCharsets.UTF_8).length);
        assertThat(body)
                .doesNotStartWith("{\"error\":{\"message\":\"\"")
                .startsWith("{\"error\":{\"message\":\"")
                .endsWith("\",\"param\":null,\"code\":\"" + code + "\"}}");
    }
}
