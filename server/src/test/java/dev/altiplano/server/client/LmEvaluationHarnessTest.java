package dev.altiplano.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.engine.Engine;
import dev.altiplano.engine.EngineOptions;
import dev.altiplano.engine.Generation;
import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.engine.sampling.TokenLogprobs;
import dev.altiplano.server.AltiplanoServer;
import dev.altiplano.server.ApiClient;
import dev.altiplano.server.ServerOptions;
import dev.altiplano.server.TinyModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The requests that lm-evaluation-harness sends as {@code local-completions}, and its way of
 * reading the answers: prompts as arrays of ids in batches, {@code echo} and {@code logprobs} to
 * score continuations, where entry {@code [context length : -1]} of the lists counts and a
 * continuation is greedy where each log-probability is the greatest of its alternatives.
 */
final class LmEvaluationHarnessTest {
    @TempDir private static Path folder;

    private static Engine engine;
    private static AltiplanoServer server;
    private static ApiClient client;

    @BeforeAll
    static void start() {
        engine = Engine.open(TinyModel.writeTo(folder), EngineOptions.defaults().withThreads(1));
        server = AltiplanoServer.start(ServerOptions.defaults().withPort(0), engine);
        client = new ApiClient(server);
    }

    @AfterAll
    static void stop() {
        server.close();
        engine.close();
    }

    /** A context, a continuation, and what the harness makes of the answer. */
    private record Scored(double logprob, boolean greedy) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void scoresContinuationsAsTheEngineDoes(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<int[]> prompts = new ArrayList<>();
        List<Integer> contextLengths = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            prompts.add(random.ints(random.nextInt(3, 30), 0, TinyModel.BEGIN).toArray());
            contextLengths.add(random.nextInt(1, prompts.getLast().length));
        }

        List<Scored> scored = loglikelihood(prompts, contextLengths);

        for (int i = 0; i < prompts.size(); i++) {
            assertThat(scored.get(i).logprob())
                    .isCloseTo(engineLogprob(prompts.get(i), contextLengths.get(i)), within(1e-5));
        }
    }

    @Test
    void knowsAGreedyContinuationFromAnother() throws Exception {
        int[] context = {72, 111, 108, 97};
        int[] greedy =
                IntStream.concat(IntStream.of(context), greedyContinuation(context)).toArray();
        int[] other = greedy.clone();
        other[other.length - 1] ^= 1;

        List<Scored> scored = loglikelihood(List.of(greedy, other), List.of(4, 4));

        assertThat(scored.get(0).greedy()).isTrue();
        assertThat(scored.get(1).greedy()).isFalse();
    }

    @Test
    void generatesUntilAStopString() throws Exception {
        ApiClient.Answer answer =
                client.post(
                        "/v1/completions",
                        "{'model': '%s', 'prompt': [[72, 111], [65]], 'max_tokens': 12, 'temperature': 0, 'stop': ['\\n\\n', '<|end|>'], 'seed': 1234}"
                                .formatted(TinyModel.NAME));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/choices").size()).isEqualTo(2);
    }

    private static List<Scored> loglikelihood(List<int[]> prompts, List<Integer> contextLengths)
            throws Exception {
        List<List<Integer>> ids =
                prompts.stream().map(prompt -> IntStream.of(prompt).boxed().toList()).toList();
        ApiClient.Answer answer =
                client.post(
                        "/v1/completions",
                        "{'model': '%s', 'prompt': %s, 'temperature': 0, 'max_tokens': 1, 'logprobs': 1, 'seed': 1234, 'echo': true}"
                                .formatted(TinyModel.NAME, ids));
        assertThat(answer.status()).isEqualTo(200);
        List<JsonNode> choices = new ArrayList<>();
        answer.at("/choices").forEach(choices::add);
        choices.sort(Comparator.comparingInt(choice -> choice.get("index").intValue()));
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            scored.add(scored(choices.get(i).get("logprobs"), contextLengths.get(i)));
        }
        return scored;
    }

    private static Scored scored(JsonNode logprobs, int contextLength) {
        JsonNode tokens = logprobs.get("token_logprobs");
        double sum = 0;
        boolean greedy = true;
        for (int i = contextLength; i < tokens.size() - 1; i++) {
            sum += tokens.get(i).doubleValue();
            double greatest = Double.NEGATIVE_INFINITY;
            for (JsonNode alternative : logprobs.get("top_logprobs").get(i)) {
                greatest = Math.max(greatest, alternative.doubleValue());
            }
            greedy &= tokens.get(i).doubleValue() == greatest;
        }
        return new Scored(sum, greedy);
    }

    private static double engineLogprob(int[] prompt, int contextLength) {
        GenerationRequest request =
                GenerationRequest.of(prompt).withMaxTokens(0).withPromptLogprobs(0);
        try (Generation generation = engine.submit(request)) {
            generation.readAll();
            return generation.promptLogprobs().stream()
                    .skip(contextLength)
                    .map(Optional::orElseThrow)
                    .mapToDouble(TokenLogprobs::logprob)
                    .sum();
        }
    }

    private static IntStream greedyContinuation(int[] context) {
        GenerationRequest request = GenerationRequest.of(context).withMaxTokens(5).ignoringEos();
        List<Integer> ids = new ArrayList<>();
        try (Generation generation = engine.submit(request)) {
            generation.forEach(token -> ids.add(token.id()));
        }
        return ids.stream().mapToInt(Integer::intValue);
    }
}
