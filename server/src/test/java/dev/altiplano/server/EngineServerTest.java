package dev.altiplano.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.engine.Engine;
import dev.altiplano.engine.EngineOptions;
import dev.altiplano.engine.Generation;
import dev.altiplano.engine.GenerationRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The whole way: HTTP, tokenizer, scheduler, forward pass, sampler, and back. */
final class EngineServerTest {
    private static final String PATH = "/v1/completions";

    @TempDir private static Path folder;

    private static Engine engine;
    private static AltiplanoServer server;
    private static ApiClient client;

    @BeforeAll
    static void start() {
        engine =
                Engine.open(
                        TinyModel.writeTo(folder),
                        EngineOptions.defaults()
                                .withThreads(1)
                                .withMaxSequences(2)
                                .withQueueLimit(4));
        server = AltiplanoServer.start(ServerOptions.defaults().withPort(0), engine);
        client = new ApiClient(server);
    }

    @AfterAll
    static void stop() {
        server.close();
        engine.close();
    }

    @Test
    void givesTheSameTextForTheSameSeedWholeAndStreamed() throws Exception {
        String members = "'prompt': 'Machu Picchu', 'seed': 11, 'max_tokens': 40";

        String whole = client.post(PATH, completion(members)).text("/choices/0/text");
        String again = client.post(PATH, completion(members)).text("/choices/0/text");
        String streamed =
                client.events(PATH, completion(members + ", 'stream': true")).stream()
                        .filter(event -> !event.equals("[DONE]"))
                        .map(event -> ApiClient.parse(event).at("/choices/0/text").asString(""))
                        .collect(Collectors.joining());

        assertThat(whole).isNotEmpty().isEqualTo(again).isEqualTo(streamed);
    }

    @Test
    void tellsTheSeedThatItDrew() throws Exception {
        ApiClient.Answer first = client.post(PATH, completion("'prompt': 'a', 'max_tokens': 20"));

        String second =
                client.post(
                                PATH,
                                completion(
                                        "'prompt': 'a', 'max_tokens': 20, 'seed': "
                                                + first.at("/altiplano/seed")))
                        .text("/choices/0/text");

        assertThat(second).isEqualTo(first.text("/choices/0/text"));
    }

    @Test
    void countsEveryIdThatWentInAndCameOut() throws Exception {
        ApiClient.Answer answer =
                client.post(
                        PATH, completion("'prompt': 'abc', 'max_tokens': 9, 'ignore_eos': true"));

        assertThat(answer.at("/usage").toString())
                .isEqualTo("{\"prompt_tokens\":4,\"completion_tokens\":9,\"total_tokens\":13}");
        assertThat(answer.text("/choices/0/finish_reason")).isEqualTo("length");
    }

    @Test
    void chatsThroughTheModelsOwnTemplate() throws Exception {
        ApiClient.Answer answer =
                client.post(
                        "/v1/chat/completions",
                        "{'model': '%s', 'messages': [{'role': 'system', 'content': 'a'}, {'role': 'user', 'content': '<|end|>'}], 'max_tokens': 5, 'ignore_eos': true}"
                                .formatted(TinyModel.NAME));

        assertThat(answer.status()).isEqualTo(200);
        // begin; system a end; user, seven letters, end; assistant
        assertThat(answer.at("/usage/prompt_tokens").intValue()).isEqualTo(1 + 3 + 9 + 1);
        assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(5);
    }

    @Test
    void saysWhenTheTemplateDoesNotShowTools() throws Exception {
        ApiClient.Answer answer =
                client.post(
                        "/v1/chat/completions",
                        "{'model': '%s', 'messages': [{'role': 'user', 'content': 'a'}], 'max_tokens': 1, 'tools': [{'type': 'function', 'function': {'name': 'f'}}]}"
                                .formatted(TinyModel.NAME));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.http().headers().firstValue("x-altiplano-ignored")).contains("tools");
    }

    @Test
    void saysWhenTheContextIsFull() throws Exception {
        String chat =
                "{'model': '%s', 'messages': [{'role': 'user', 'content': '%s'}], 'ignore_eos': true"
                        .formatted(TinyModel.NAME, "a".repeat(TinyModel.CONTEXT_TOKENS - 12));

        ApiClient.Answer whole = client.post("/v1/chat/completions", chat + "}");
        JsonNode lastEvent =
                ApiClient.parse(
                        client.events("/v1/chat/completions", chat + ", 'stream': true}").stream()
                                .filter(event -> !event.equals("[DONE]"))
                                .toList()
                                .getLast());

        assertThat(whole.text("/choices/0/finish_reason")).isEqualTo("length");
        assertThat(whole.text("/altiplano/stop_reason")).isEqualTo("context_full");
        assertThat(whole.at("/usage/total_tokens").intValue()).isEqualTo(TinyModel.CONTEXT_TOKENS);
        assertThat(lastEvent.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(lastEvent.at("/altiplano/stop_reason").asString()).isEqualTo("context_full");
    }

    @Test
    void scoresAPromptThatFillsTheContext() throws Exception {
        String full = "0,".repeat(TinyModel.CONTEXT_TOKENS - 1) + "0";

        ApiClient.Answer scored =
                client.post(
                        PATH,
                        completion("'prompt': [" + full + "], 'max_tokens': 0, 'echo': true"));
        ApiClient.Answer generated =
                client.post(PATH, completion("'prompt': [" + full + "], 'max_tokens': 1"));

        assertThat(scored.status()).isEqualTo(200);
        assertThat(generated.text("/error/code")).isEqualTo("context_length_exceeded");
    }

    @Test
    void saysNothingOfTheContextWhenTheCallersOwnLimitEndsTheAnswer() throws Exception {
        ApiClient.Answer answer =
                client.post(
                        PATH, completion("'prompt': 'abc', 'max_tokens': 9, 'ignore_eos': true"));

        assertThat(answer.text("/choices/0/finish_reason")).isEqualTo("length");
        assertThat(answer.at("/altiplano/stop_reason").isMissingNode()).isTrue();
    }

    @Test
    void endsACompletionWithoutALimitWhereTheContextIsFull() throws Exception {
        String prompt = "a".repeat(TinyModel.CONTEXT_TOKENS - 1 - 5);

        ApiClient.Answer answer =
                client.post(PATH, completion("'prompt': '" + prompt + "', 'ignore_eos': true"));

        assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(5);
        assertThat(answer.text("/altiplano/stop_reason")).isEqualTo("context_full");
    }

    @Test
    void leavesAStopStringOut() throws Exception {
        String greedy = "'prompt': 'x', 'temperature': 0, 'max_tokens': 40, 'ignore_eos': true";
        String text = client.post(PATH, completion(greedy)).text("/choices/0/text");
        String stop = text.substring(4, 6);

        ApiClient.Answer stopped =
                client.post(PATH, completion(greedy + ", 'stop': " + quoted(stop)));

        assertThat(stopped.text("/choices/0/text"))
                .isEqualTo(text.substring(0, text.indexOf(stop)));
        assertThat(stopped.text("/choices/0/finish_reason")).isEqualTo("stop");
    }

    @Test
    void forbidsATokenByItsBias() throws Exception {
        String greedy = "'prompt': [7, 8], 'temperature': 0, 'max_tokens': 1, 'logprobs': 1";
        JsonNode first = client.post(PATH, completion(greedy)).at("/choices/0/logprobs/tokens/0");
        int id = idOf(first.asString());

        JsonNode other =
                client.post(PATH, completion(greedy + ", 'logit_bias': {'" + id + "': -100}"))
                        .at("/choices/0/logprobs/tokens/0");

        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void scoresAPromptTheSameAloneAndBesideOthers() throws Exception {
        String scoring = "'max_tokens': 0, 'echo': true, 'logprobs': 3";

        JsonNode alone =
                client.post(PATH, completion("'prompt': [1, 2, 3, 4, 5], " + scoring))
                        .at("/choices/0/logprobs");
        JsonNode beside =
                client.post(
                                PATH,
                                completion(
                                        "'prompt': [[9, 9], [1, 2, 3, 4, 5], [8], [7, 7, 7]], "
                                                + scoring))
                        .at("/choices/1/logprobs");

        assertThat(beside).isEqualTo(alone);
    }

    @Test
    void generatesWhatItScored() throws Exception {
        ApiClient.Answer answer =
                client.post(
                        PATH,
                        completion(
                                "'prompt': [104, 111], 'temperature': 0, 'max_tokens': 3, 'ignore_eos': true, 'logprobs': 1"));
        List<Integer> ids = new ArrayList<>(List.of(104, 111));
        answer.at("/choices/0/logprobs/tokens").forEach(token -> ids.add(idOf(token.asString())));

        JsonNode scored =
                client.post(
                                PATH,
                                completion(
                                        "'prompt': %s, 'max_tokens': 0, 'echo': true, 'logprobs': 1"
                                                .formatted(ids)))
                        .at("/choices/0/logprobs/token_logprobs");

        for (int i = 0; i < 3; i++) {
            assertThat(scored.get(2 + i).floatValue())
                    .isEqualTo(answer.at("/choices/0/logprobs/token_logprobs/" + i).floatValue());
        }
    }

    @ParameterizedTest(name = "{0} prompts")
    @ValueSource(ints = {9, 40})
    void finishesABatchThatIsLargerThanTheQueue(int prompts) throws Exception {
        String many = "'x', ".repeat(prompts - 1) + "'x'";

        ApiClient.Answer answer =
                client.post(PATH, completion("'prompt': [%s], 'max_tokens': 2".formatted(many)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/choices").size()).isEqualTo(prompts);
    }

    @Test
    void turnsAwayWhomTheQueueCannotHold() throws Exception {
        // A generation whose tokens nobody reads pauses and keeps its place.
        EngineOptions oneByOne =
                EngineOptions.defaults()
                        .withThreads(1)
                        .withMaxSequences(1)
                        .withQueueLimit(1)
                        .withReadAhead(1);
        try (Engine full = Engine.open(folder.resolve("tiny.gguf"), oneByOne);
                AltiplanoServer busy =
                        AltiplanoServer.start(ServerOptions.defaults().withPort(0), full)) {
            GenerationRequest request = GenerationRequest.of(new int[] {1, 2}).ignoringEos();
            Generation running = full.submit(request);
            while (full.stats().sequencesRunning() < 1) {
                Thread.onSpinWait();
            }
            Generation waiting = full.submit(request);

            ApiClient.Answer refused = new ApiClient(busy).post(PATH, completion("'prompt': 'x'"));
            running.close();
            waiting.close();

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.text("/error/type")).isEqualTo("rate_limit_error");
            assertThat(refused.text("/error/code")).isEqualTo("rate_limit_exceeded");
            assertThat(refused.http().headers().firstValue("retry-after").orElseThrow())
                    .matches("[1-9][0-9]*");
        }
    }

    private static String completion(String members) {
        return "{'model': '%s', %s}".formatted(TinyModel.NAME, members);
    }

    private static String quoted(String text) {
        return ApiClient.quote(text);
    }

    private static int idOf(String token) {
        if (token.startsWith("bytes:\\x")) {
            return Integer.parseInt(token.substring("bytes:\\x".length()), 16);
        }
        return token.startsWith("<|")
                ? TinyModel.BEGIN + TinyModel.SPECIAL.indexOf(token)
                : token.charAt(0);
    }
}
