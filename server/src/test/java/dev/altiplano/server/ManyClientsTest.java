package dev.altiplano.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.altiplano.engine.Engine;
import dev.altiplano.engine.EngineOptions;
import dev.altiplano.engine.EngineStats;
import dev.altiplano.engine.FinishReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * 32 clients stream at once from a real engine that computes four sequences at a time; every fourth
 * client leaves in the middle. Everybody gets what they would get alone, nothing is left behind,
 * and the metrics tell what the clients saw.
 */
final class ManyClientsTest {
    private static final String PATH = "/v1/completions";
    private static final int CLIENTS = 32;
    private static final int LEAVERS = CLIENTS / 4;
    private static final int LEAVER_TOKENS = 400;
    private static final Pattern EVENT = Pattern.compile("data: (\\{.*})");

    @TempDir private Path folder;

    /** What a client received: all of it, or what came before it left. */
    private record Received(String text, int promptTokens, int completionTokens) {}

    @Test
    void everybodyGetsWhatTheyWouldGetAloneAndNothingIsLeftBehind() throws Exception {
        Path model = TinyModel.writeTo(folder);
        EngineOptions options =
                EngineOptions.defaults()
                        .withThreads(2)
                        .withMaxSequences(4)
                        .withQueueLimit(CLIENTS)
                        .withStepTokens(16);
        try (Engine engine = Engine.open(model, options);
                AltiplanoServer server =
                        AltiplanoServer.start(ServerOptions.defaults().withPort(0), engine)) {
            ApiClient client = new ApiClient(server);
            List<String> alone = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                alone.add(client.post(PATH, request(i, "'stream': false")).text("/choices/0/text"));
            }
            Scrape before = Scrape.of(client);

            List<Received> together = all(server, client);

            for (int i = 0; i < CLIENTS; i++) {
                String text = together.get(i).text();
                if (leaves(i)) {
                    assertThat(text).isNotEmpty();
                    assertThat(alone.get(i)).as("client %d", i).startsWith(text);
                } else {
                    assertThat(text).as("client %d", i).isEqualTo(alone.get(i));
                }
            }
            awaitIdle(engine);
            requireEmpty(engine.stats());
            requireSame(Scrape.of(client).minus(before), together);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("altiplano-"));
        requireUnmapped(model);
    }

    private List<Received> all(AltiplanoServer server, ApiClient client) throws Exception {
        List<Callable<Received>> calls = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int index = i;
            calls.add(() -> leaves(index) ? leave(server, index) : stay(client, index));
        }
        List<Received> received = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Received> call : clients.invokeAll(calls)) {
                received.add(call.get());
            }
        }
        return received;
    }

    private static Received stay(ApiClient client, int index) throws Exception {
        String members = "'stream': true, 'stream_options': {'include_usage': true}";
        List<JsonNode> events =
                client.events(PATH, request(index, members)).stream()
                        .filter(event -> !event.equals("[DONE]"))
                        .map(ApiClient::parse)
                        .toList();
        JsonNode usage = events.getLast().get("usage");
        return new Received(
                text(events),
                usage.get("prompt_tokens").intValue(),
                usage.get("completion_tokens").intValue());
    }

    private static Received leave(AltiplanoServer server, int index) throws IOException {
        String body = request(index, "'stream': true").replace('\'', '"');
        try (RawClient client = new RawClient(server.port())) {
            client.send(
                    "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(PATH, body.length(), body));
            String seen = client.readUntil("}\n\n") + client.readUntil("}\n\n");
            List<JsonNode> events =
                    EVENT.matcher(seen)
                            .results()
                            .map(MatchResult::group)
                            .map(line -> ApiClient.parse(line.substring("data: ".length())))
                            .toList();
            return new Received(text(events), prompt(index).length() + 1, 0);
        }
    }

    private static String text(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.at("/choices/0/text").asString(""))
                .collect(Collectors.joining());
    }

    private static boolean leaves(int index) {
        return index % 4 == 3;
    }

    private static String prompt(int index) {
        return "abcdefgh".repeat(1 + index % 5) + index;
    }

    /** Some end by length, some by a stop string, some wherever the model ends. */
    private static String request(int index, String members) {
        String end =
                switch (index % 4) {
                    case 0 -> "'max_tokens': %d, 'ignore_eos': true".formatted(20 + index);
                    case 1 -> "'max_tokens': 60, 'stop': ['e', 'T']";
                    case 2 -> "'max_tokens': 60, 'temperature': 1.2";
                    default -> "'max_tokens': %d, 'ignore_eos': true".formatted(LEAVER_TOKENS);
                };
        return "{'model': '%s', 'prompt': '%s', 'seed': %d, %s, %s}"
                .formatted(TinyModel.NAME, prompt(index), index, end, members);
    }

    /** The engine learns of a client that left when the server does, at most a few steps later. */
    private static void awaitIdle(Engine engine) {
        while (engine.stats().sequencesRunning() + engine.stats().requestsWaiting() > 0) {
            Thread.onSpinWait();
        }
    }

    private static void requireEmpty(EngineStats stats) {
        assertThat(stats.kvTokensReserved()).isZero();
        assertThat(stats.sequencesPaused()).isZero();
        assertThat(stats.finished().getOrDefault(FinishReason.FAILED, 0L)).isZero();
    }

    /**
     * A client that left may not have been missed before its answer was whole: then the answer
     * counts as one.
     */
    private static void requireSame(Scrape scrape, List<Received> received) {
        int seen = received.stream().mapToInt(Received::completionTokens).sum();
        int stayed = CLIENTS - LEAVERS;
        double unmissed = scrape.succeeded - stayed;
        assertThat(unmissed).isBetween(0.0, (double) LEAVERS);
        assertThat(scrape.gone).isBetween(LEAVERS - unmissed, (double) LEAVERS);
        assertThat(scrape.outputTokens).isEqualTo(seen + unmissed * LEAVER_TOKENS);
        assertThat(scrape.promptTokens)
                .isEqualTo(received.stream().mapToInt(Received::promptTokens).sum());
        assertThat(scrape.generatedTokens).isGreaterThanOrEqualTo(scrape.outputTokens);
        assertThat(scrape.refused).isZero();
    }

    /** What {@code /metrics} says; of counters their sum over all labels. */
    private record Scrape(
            double succeeded,
            double gone,
            double refused,
            double outputTokens,
            double promptTokens,
            double generatedTokens) {
        static Scrape of(ApiClient client) throws Exception {
            String text = client.text("/metrics").body();
            assertThat(sum(text, "vllm:num_requests_waiting\\{.*")).isZero();
            assertThat(sum(text, "vllm:num_requests_running\\{.*")).isZero();
            return new Scrape(
                    sum(text, "vllm:request_success_total\\{.*"),
                    sum(text, "altiplano:clients_gone_total\\{.*"),
                    sum(text, "altiplano:requests_refused_total\\{.*"),
                    sum(text, "gen_ai_client_token_usage_sum\\{.*\"output\".*"),
                    sum(text, "vllm:prompt_tokens_total\\{.*"),
                    sum(text, "vllm:generation_tokens_total\\{.*"));
        }

        Scrape minus(Scrape other) {
            return new Scrape(
                    succeeded - other.succeeded,
                    gone - other.gone,
                    refused - other.refused,
                    outputTokens - other.outputTokens,
                    promptTokens - other.promptTokens,
                    generatedTokens - other.generatedTokens);
        }

        private static double sum(String text, String line) {
            return text.lines()
                    .filter(found -> found.matches(line))
                    .mapToDouble(
                            found ->
                                    Double.parseDouble(found.substring(found.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    private static void requireUnmapped(Path file) throws IOException {
        Path maps = Path.of("/proc/self/maps");
        assumeThat(maps).exists();
        try (var lines = Files.lines(maps)) {
            assertThat(lines.filter(line -> line.contains(file.toString()))).isEmpty();
        }
    }
}
