package dev.altiplano.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.server.api.ScriptedModel;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class ChatCompletionsTest {
    private static final String PATH = "/v1/chat/completions";
    private static final ScriptedModel MODEL = new ScriptedModel();
    private static AltiplanoServer server;
    private static ApiClient client;

    @BeforeAll
    static void start() {
        server = AltiplanoServer.start(ServerOptions.defaults().withPort(0), MODEL);
        client = new ApiClient(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        MODEL.requests().clear();
    }

    @Test
    void answersInThePublishedShape() throws Exception {
        ApiClient.Answer answer = client.post(PATH, chat("say ¡Hola!", "'seed': 7"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "object",
                        "created",
                        "model",
                        "choices",
                        "usage",
                        "system_fingerprint",
                        "altiplano");
        assertThat(answer.text("/id")).matches("chatcmpl-[0-9A-Z]{26}");
        assertThat(answer.text("/object")).isEqualTo("chat.completion");
        assertThat(answer.at("/created").isIntegralNumber()).isTrue();
        assertThat(answer.text("/model")).isEqualTo(ScriptedModel.NAME);
        assertThat(answer.at("/choices/0").toString())
                .isEqualTo(
                        "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"¡Hola!\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}");
        assertThat(answer.at("/usage").toString())
                .isEqualTo("{\"prompt_tokens\":14,\"completion_tokens\":7,\"total_tokens\":21}");
        assertThat(answer.at("/altiplano/seed").longValue()).isEqualTo(7);
        assertThat(answer.at("/altiplano/timings/prefill_ms").doubleValue()).isEqualTo(2.0);
        assertThat(answer.http().headers().firstValue("cache-control")).contains("no-store");
    }

    @Test
    void takesADoubledVersionInThePath() throws Exception {
        assertThat(client.post("/v1" + PATH, chat("say hi", "'n': 1")).status()).isEqualTo(200);
    }

    @Test
    void streamsRoleThenTextThenReasonThenUsage() throws Exception {
        List<String> events =
                client.events(
                        PATH,
                        chat(
                                "say ¿Qué?",
                                "'stream': true, 'stream_options': {'include_usage': true}"));

        assertThat(events.getLast()).isEqualTo("[DONE]");
        List<JsonNode> chunks =
                events.subList(0, events.size() - 1).stream().map(ApiClient::parse).toList();
        assertThat(chunks.getFirst().at("/choices/0/delta").toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
        assertThat(chunks.stream().map(chunk -> chunk.at("/choices/0/delta/content").asString("")))
                .containsSubsequence("¿", "Q", "u", "é", "?");
        JsonNode last = chunks.get(chunks.size() - 2);
        assertThat(last.at("/choices/0/delta").toString()).isEqualTo("{}");
        assertThat(last.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(last.get("usage").isNull()).isTrue();
        JsonNode usage = chunks.getLast();
        assertThat(usage.get("choices").isEmpty()).isTrue();
        assertThat(usage.at("/usage/completion_tokens").intValue()).isEqualTo(7);
        assertThat(chunks)
                .allSatisfy(
                        chunk ->
                                assertThat(chunk.get("object").asString())
                                        .isEqualTo("chat.completion.chunk"));
        assertThat(chunks.stream().map(chunk -> chunk.get("id")).distinct()).hasSize(1);
    }

    @Test
    void leavesUsageOutOfAStreamThatDidNotAskForIt() throws Exception {
        List<String> events = client.events(PATH, chat("say hi", "'stream': true"));

        assertThat(events).noneMatch(event -> event.contains("\"usage\""));
    }

    @Test
    void sendsTheHeadersOfAnEventStream() throws Exception {
        var headers = client.text(PATH, chat("say hi", "'stream': true")).headers();

        assertThat(headers.firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        assertThat(headers.firstValue("cache-control")).contains("no-store");
        assertThat(headers.firstValue("x-accel-buffering")).contains("no");
        assertThat(headers.firstValue("x-request-id")).isPresent();
    }

    @Test
    void givesSeveralChoicesWithSeedsOfTheirOwn() throws Exception {
        ApiClient.Answer answer = client.post(PATH, chat("say hi", "'n': 3, 'seed': 40"));

        assertThat(answer.at("/choices").size()).isEqualTo(3);
        assertThat(answer.at("/choices/2/index").intValue()).isEqualTo(2);
        assertThat(answer.at("/choices/2/message/content").asString()).isEqualTo("hi");
        assertThat(answer.at("/usage/prompt_tokens").intValue()).isEqualTo(9);
        assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(6);
        assertThat(
                        MODEL.requests().stream()
                                .map(request -> request.sampling().seed().orElseThrow()))
                .containsExactlyInAnyOrder(40L, 41L, 42L);
    }

    @Test
    void streamsSeveralChoicesSideBySide() throws Exception {
        List<String> events = client.events(PATH, chat("say abc", "'n': 5, 'stream': true"));

        for (int index = 0; index < 5; index++) {
            int choice = index;
            String text =
                    events.stream()
                            .filter(event -> !event.equals("[DONE]"))
                            .map(event -> ApiClient.parse(event).at("/choices/0"))
                            .filter(part -> part.get("index").intValue() == choice)
                            .map(part -> part.at("/delta/content").asString(""))
                            .collect(Collectors.joining());
            assertThat(text).isEqualTo("abc");
        }
    }

    @Test
    void reportsLogprobsWithBytesForEachToken() throws Exception {
        ApiClient.Answer answer =
                client.post(PATH, chat("say é", "'logprobs': true, 'top_logprobs': 2"));

        JsonNode entries = answer.at("/choices/0/logprobs/content");
        assertThat(entries.size()).isEqualTo(2);
        assertThat(entries.get(0).get("token").asString()).isEqualTo("bytes:\\xc3");
        assertThat(entries.get(0).get("bytes").toString()).isEqualTo("[195]");
        assertThat(entries.get(0).get("logprob").floatValue())
                .isEqualTo(ScriptedModel.logprob(0xc3));
        assertThat(entries.get(0).get("top_logprobs").size()).isEqualTo(2);
        assertThat(entries.get(0).at("/top_logprobs/1/bytes").toString()).isEqualTo("[196]");
        assertThat(answer.at("/choices/0/logprobs/refusal").isNull()).isTrue();
    }

    @Test
    void stopsAtTheMostTokens() throws Exception {
        ApiClient.Answer answer = client.post(PATH, chat("say abcdef", "'max_tokens': 3"));

        assertThat(answer.text("/choices/0/message/content")).isEqualTo("abc");
        assertThat(answer.text("/choices/0/finish_reason")).isEqualTo("length");
    }

    @Test
    void handsEveryParameterToTheEngine() throws Exception {
        client.post(
                PATH,
                chat(
                        "say hi",
                        "'temperature': 0.5, 'top_p': 0.9, 'top_k': 40, 'min_p': 0.1,"
                                + "'typical_p': 0.8, 'repetition_penalty': 1.5,"
                                + "'presence_penalty': 0.25, 'frequency_penalty': -0.5,"
                                + "'logit_bias': {'65': -100}, 'seed': 9, 'stop': ['x', 'yz'],"
                                + "'stop_token_ids': [66], 'ignore_eos': true, 'min_tokens': 2,"
                                + "'max_completion_tokens': 5"));

        GenerationRequest request = MODEL.requests().take();
        assertThat(request.sampling().temperature()).isEqualTo(0.5f);
        assertThat(request.sampling().topP()).isEqualTo(0.9f);
        assertThat(request.sampling().topK()).isEqualTo(40);
        assertThat(request.sampling().minP()).isEqualTo(0.1f);
        assertThat(request.sampling().typicalP()).isEqualTo(0.8f);
        assertThat(request.sampling().penalties().repetition()).isEqualTo(1.5f);
        assertThat(request.sampling().penalties().presence()).isEqualTo(0.25f);
        assertThat(request.sampling().penalties().frequency()).isEqualTo(-0.5f);
        assertThat(request.sampling().logitBias()).containsOnly(java.util.Map.entry(65, -100f));
        assertThat(request.sampling().seed()).hasValue(9);
        assertThat(request.stopStrings()).containsExactly("x", "yz");
        assertThat(request.stopIds()).containsExactly(66);
        assertThat(request.ignoresEos()).isTrue();
        assertThat(request.minTokens()).isEqualTo(2);
        assertThat(request.maxTokens()).isEqualTo(5);
    }

    @Test
    void letsTheAnswerFillTheContextUnlessTold() throws Exception {
        client.post(PATH, chat("say hi", "'n': 1"));

        assertThat(MODEL.requests().take().maxTokens()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void rendersToolsAndTheirResultsThroughTheTemplate() throws Exception {
        ApiClient.Answer answer =
                client.post(
                        PATH,
                        "{'model': 'scripted', 'messages': ["
                                + "{'role': 'developer', 'content': 'a'},"
                                + "{'role': 'user', 'content': [{'type': 'text', 'text': 'b'}, {'type': 'text', 'text': 'c'}]},"
                                + "{'role': 'assistant', 'content': null, 'tool_calls': [{'id': '1', 'type': 'function', 'function': {'name': 'f', 'arguments': '{}'}}]},"
                                + "{'role': 'tool', 'tool_call_id': '1', 'content': 'd'}],"
                                + "'tools': [{'type': 'function', 'function': {'name': 'f', 'parameters': {}}}], 'tool_choice': 'auto'}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/choices/0/message/content")).isEqualTo("abc<|tool|>d tool f");
    }

    @Test
    void neverTurnsAUsersTextIntoAControlToken() throws Exception {
        client.post(PATH, chat("<|end|><|begin|>", "'n': 1"));

        assertThat(MODEL.requests().take().promptIds()).hasSize(1 + 1 + 16 + 1);
    }

    @Test
    void namesWhatHasNoEffect() throws Exception {
        ApiClient.Answer answer =
                client.post(PATH, chat("say hi", "'user': 'u', 'metadata': {}, 'wörld\\n': 1"));

        assertThat(answer.http().headers().firstValue("x-altiplano-ignored"))
                .contains("user, metadata, w?rld?");
    }

    @Test
    void tellsAFailureAfterTheFirstByteAsAnEvent() throws Exception {
        List<String> events = client.events(PATH, chat("say ab fail", "'stream': true"));

        assertThat(events.getLast()).isEqualTo("[DONE]");
        JsonNode error = ApiClient.parse(events.get(events.size() - 2));
        assertThat(error.at("/error/code").asString()).isEqualTo("internal_error");
        assertThat(events).noneMatch(event -> event.contains("secret"));
    }

    @Test
    void tellsAFailureBeforeTheFirstByteByItsStatus() throws Exception {
        ApiClient.Answer answer = client.post(PATH, chat("fail", "'stream': true"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text("/error/type")).isEqualTo("server_error");
        assertThat(answer.text("/error/message")).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'messages': []} | 400 | model | invalid_value",
                "{'model': 5, 'messages': []} | 400 | model | invalid_value",
                "{'model': 'gpt-4', 'messages': [{'role': 'user', 'content': 'x'}]} | 404 | model | model_not_found",
                "{'model': 'scripted'} | 400 | messages | invalid_value",
                "{'model': 'scripted', 'messages': []} | 400 | messages | invalid_value",
                "{'model': 'scripted', 'messages': 'x'} | 400 | messages | invalid_value",
                "{'model': 'scripted', 'messages': [3]} | 400 | messages[0] | invalid_value",
                "{'model': 'scripted', 'messages': [{'role': 'pope', 'content': 'x'}]} | 400 | messages[0].role | invalid_value",
                "{'model': 'scripted', 'messages': [{'role': 'user'}]} | 400 | messages[0].content | invalid_value",
                "{'model': 'scripted', 'messages': [{'role': 'user', 'content': 3}]} | 400 | messages[0].content | invalid_value",
                "{'model': 'scripted', 'messages': [{'role': 'user', 'content': [{'type': 'image_url'}]}]} | 400 | messages[0].content[0].type | unsupported_parameter",
                "{'model': 'scripted', 'messages': [{'role': 'user', 'content': '\\ud800'}]} | 400 | messages[0].content | invalid_value",
            })
    void refusesBadMessages(String body, int status, String param, String code) throws Exception {
        assertError(client.post(PATH, body), status, param, code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'temperature': 2.1 | temperature | invalid_value",
                "'temperature': 'hot' | temperature | invalid_value",
                "'top_p': -1 | top_p | invalid_value",
                "'n': 0 | n | invalid_value",
                "'n': 9 | n | invalid_value",
                "'n': 1.5 | n | invalid_value",
                "'max_tokens': 0 | max_tokens | invalid_value",
                "'max_tokens': 99999999999 | max_tokens | invalid_value",
                "'max_tokens': 600 | messages | context_length_exceeded",
                "'stop': 7 | stop | invalid_value",
                "'stop': ['a', 7] | stop[1] | invalid_value",
                "'logit_bias': {'abc': 1} | logit_bias | invalid_value",
                "'logit_bias': {'999999': 1} | logit_bias | invalid_value",
                "'logit_bias': {'1': 101} | logit_bias.1 | invalid_value",
                "'top_logprobs': 3 | top_logprobs | invalid_value",
                "'logprobs': true, 'top_logprobs': 21 | top_logprobs | invalid_value",
                "'stream': 'yes' | stream | invalid_value",
                "'stream_options': {'include_usage': true} | stream_options | invalid_value",
                "'response_format': {'type': 'json_object'} | response_format | unsupported_parameter",
                "'tool_choice': 'required' | tool_choice | unsupported_parameter",
                "'tool_choice': {'type': 'function'} | tool_choice | unsupported_parameter",
                "'tools': [{'type': 'web_search'}] | tools[0].type | unsupported_parameter",
                "'tools': [{'type': 'function'}] | tools[0].function | invalid_value",
                "'functions': [{'name': 'f'}] | functions | unsupported_parameter",
                "'modalities': ['text', 'audio'] | modalities | unsupported_parameter",
                "'grammar': 'root ::= x' | grammar | unsupported_parameter",
                "'guided_json': {'type': 'object'} | guided_json | unsupported_parameter",
            })
    void refusesBadParametersByTheirPath(String member, String param, String code)
            throws Exception {
        assertError(client.post(PATH, chat("hi", member)), 400, param, code);
    }

    @Test
    void tellsBothNumbersWhenAPromptIsTooLong() throws Exception {
        ApiClient.Answer answer = client.post(PATH, chat("x".repeat(600), "'n': 1"));

        assertError(answer, 400, "messages", "context_length_exceeded");
        assertThat(answer.text("/error/message")).contains("512", "603");
    }

    private static String chat(String content, String members) {
        return "{'model': 'scripted', 'messages': [{'role': 'user', 'content': '%s'}], %s}"
                .formatted(content, members);
    }

    private static void assertError(
            ApiClient.Answer answer, int status, String param, String code) {
        assertThat(answer.body().toString()).contains("\"error\"");
        assertThat(answer.text("/error/code")).isEqualTo(code);
        assertThat(answer.text("/error/param")).isEqualTo(param);
        assertThat(answer.text("/error/type")).isEqualTo("invalid_request_error");
        assertThat(answer.text("/error/message")).isNotBlank();
        assertThat(answer.status()).isEqualTo(status);
    }
}
