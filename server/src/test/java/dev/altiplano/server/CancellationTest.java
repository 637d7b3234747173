package dev.altiplano.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.server.api.ScriptedModel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that leaves ends its generation, whether anything is being written to it or not. */
final class CancellationTest {
    private static final int SECONDS = 20;
    private static final ScriptedModel MODEL = new ScriptedModel();
    private static AltiplanoServer server;

    @BeforeAll
    static void start() {
        server = AltiplanoServer.start(ServerOptions.defaults().withPort(0), MODEL);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'stream': false", "'stream': true", "'n': 3"})
    void endsAnAnswerThatHasNotBegun(String member) throws Exception {
        drain();
        try (RawClient client = new RawClient(server.port())) {
            client.send(request("hang", member));
            assertThat(MODEL.submissions().tryAcquire(SECONDS, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(MODEL.cancellations().tryAcquire(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void endsAStreamInTheMiddle() throws Exception {
        drain();
        try (RawClient client = new RawClient(server.port())) {
            client.send(request("wait", "'stream': true"));
            assertThat(client.readUntil("…\"}")).contains("data: ");
        }

        assertThat(MODEL.cancellations().tryAcquire(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void endsEveryAnswerOfACallWithMany() throws Exception {
        drain();
        try (RawClient client = new RawClient(server.port())) {
            client.send(request("hang", "'n': 4"));
            assertThat(MODEL.submissions().tryAcquire(4, SECONDS, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(MODEL.cancellations().tryAcquire(4, SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void goesOnWhenTheClientOnlySendsItsNextRequest() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(request("say one", "'n': 1") + request("say two", "'n': 1"));

            assertThat(client.readUntil("one")).isNotEmpty();
            assertThat(client.readUntil("two")).isNotEmpty();
        }
    }

    @Test
    void closingTheServerEndsWhatRuns() throws Exception {
        ScriptedModel model = new ScriptedModel();
        AltiplanoServer closing =
                AltiplanoServer.start(ServerOptions.defaults().withPort(0), model);
        try (RawClient client = new RawClient(closing.port())) {
            client.send(request("hang", "'stream': true"));
            assertThat(model.submissions().tryAcquire(SECONDS, TimeUnit.SECONDS)).isTrue();

            closing.close();

            assertThat(model.cancellations().tryAcquire(SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closingTheServerTellsTheClientOfAStream() throws Exception {
        AltiplanoServer closing =
                AltiplanoServer.start(ServerOptions.defaults().withPort(0), new ScriptedModel());
        try (RawClient client = new RawClient(closing.port())) {
            client.send(request("wait", "'stream': true"));
            assertThat(client.readUntil("…")).contains("text/event-stream");

            closing.close();

            assertThat(client.readUntil("0\r\n\r\n"))
                    .contains("\"code\":\"overloaded\"", "data: [DONE]");
        }
    }

    @Test
    void closingTheServerAnswersACallThatIsNotStreamed() throws Exception {
        ScriptedModel model = new ScriptedModel();
        AltiplanoServer closing =
                AltiplanoServer.start(ServerOptions.defaults().withPort(0), model);
        try (RawClient client = new RawClient(closing.port())) {
            client.send(request("hang", "'n': 8"));
            assertThat(model.submissions().tryAcquire(4, SECONDS, TimeUnit.SECONDS)).isTrue();

            closing.close();

            assertThat(client.readUntil("}}"))
                    .contains("HTTP/1.1 503", "overloaded")
                    .containsIgnoringCase("retry-after: ");
        }
    }

    @Test
    void pingsAStreamThatIsSilent() throws Exception {
        ServerOptions impatient =
                ServerOptions.defaults()
                        .withPort(0)
                        .withTimeouts(
                                ServerOptions.Timeouts.defaults().withPing(Duration.ofMillis(20)));
        try (AltiplanoServer pinging = AltiplanoServer.start(impatient, MODEL);
                RawClient client = new RawClient(pinging.port())) {
            client.send(request("hang", "'stream': true"));

            assertThat(client.readUntil(": ping\n\n\r\n")).contains("text/event-stream");
        }
    }

    private static void drain() {
        MODEL.submissions().drainPermits();
        MODEL.cancellations().drainPermits();
    }

    private static String request(String content, String member) {
        String body =
                "{'model': 'scripted', 'messages': [{'role': 'user', 'content': '%s'}], %s}"
                        .formatted(content, member)
                        .replace('\'', '"');
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body);
    }
}
