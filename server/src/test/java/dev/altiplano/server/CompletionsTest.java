package dev.altiplano.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.server.api.ByteTokenizer;
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

final class CompletionsTest {
    private static final String PATH = "/v1/completions";
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
        ApiClient.Answer answer = client.post(PATH, completion("'prompt': 'say hi'"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/id")).matches("cmpl-[0-9A-Z]{26}");
        assertThat(answer.text("/object")).isEqualTo("text_completion");
        assertThat(answer.at("/choices").toString())
                .isEqualTo(
                        "[{\"index\":0,\"text\":\"hi\",\"logprobs\":null,\"finish_reason\":\"stop\"}]");
        assertThat(answer.at("/usage").toString())
                .isEqualTo("{\"prompt_tokens\":7,\"completion_tokens\":2,\"total_tokens\":9}");
    }

    @Test
    void putsTheBeginTokenBeforeTextButNotBeforeIds() throws Exception {
        client.post(PATH, completion("'prompt': 'a'"));
        client.post(PATH, completion("'prompt': [97]"));

        assertThat(MODEL.requests().take().promptIds()).containsExactly(ByteTokenizer.BEGIN, 97);
        assertThat(MODEL.requests().take().promptIds()).containsExactly(97);
    }

    @Test
    void generatesSixteenTokensUnlessTold() throws Exception {
        client.post(PATH, completion("'prompt': 'a'"));

        assertThat(MODEL.requests().take().maxTokens()).isEqualTo(16);
    }

    @Test
    void ordersChoicesByPromptThenByNumber() throws Exception {
        ApiClient.Answer answer =
                client.post(
                        PATH, completion("'prompt': ['say a', 'say b', 'say c', 'say d'], 'n': 2"));

        JsonNode choices = answer.at("/choices");
        assertThat(choices.size()).isEqualTo(8);
        for (int index = 0; index < 8; index++) {
            assertThat(choices.get(index).get("index").intValue()).isEqualTo(index);
            assertThat(choices.get(index).get("text").asString())
                    .isEqualTo(String.valueOf("aabbccdd".charAt(index)));
        }
        assertThat(answer.at("/usage/prompt_tokens").intValue()).isEqualTo(4 * 6);
        assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(8);
    }

    @Test
    void echoesThePromptAsItWasGiven() throws Exception {
        ApiClient.Answer answer = client.post(PATH, completion("'prompt': 'say é', 'echo': true"));

        assertThat(answer.text("/choices/0/text")).isEqualTo("say éé");
    }

    @Test
    void echoesIdsAsTheirTextWithoutSpecialTokens() throws Exception {
        ApiClient.Answer answer =
                client.post(
                        PATH,
                        completion("'prompt': [256, 104, 105], 'echo': true, 'max_tokens': 0"));

        assertThat(answer.text("/choices/0/text")).isEqualTo("hi");
        assertThat(answer.text("/choices/0/finish_reason")).isEqualTo("length");
        assertThat(answer.at("/usage/completion_tokens").intValue()).isZero();
    }

    @Test
    void reportsLogprobsOfPromptAndCompletionWithOffsetsInCodePoints() throws Exception {
        ApiClient.Answer answer =
                client.post(
                        PATH,
                        completion(
                                "'prompt': 'say 😀x', 'echo': true, 'logprobs': 1, 'max_tokens': 5"));

        JsonNode logprobs = answer.at("/choices/0/logprobs");
        assertThat(answer.text("/choices/0/text")).isEqualTo("say 😀x😀x");
        assertThat(logprobs.get("tokens").toString())
                .isEqualTo(
                        "[\"<|begin|>\",\"s\",\"a\",\"y\",\" \",\"bytes:\\\\xf0\",\"bytes:\\\\x9f\",\"bytes:\\\\x98\",\"bytes:\\\\x80\",\"x\",\"bytes:\\\\xf0\",\"bytes:\\\\x9f\",\"bytes:\\\\x98\",\"bytes:\\\\x80\",\"x\"]");
        assertThat(logprobs.get("text_offset").toString())
                .isEqualTo("[0,0,1,2,3,4,4,4,4,5,6,6,6,6,7]");
        assertThat(logprobs.get("token_logprobs").get(0).isNull()).isTrue();
        assertThat(logprobs.get("top_logprobs").get(0).isNull()).isTrue();
        assertThat(logprobs.get("token_logprobs").get(1).floatValue())
                .isEqualTo(ScriptedModel.logprob('s'));
        assertThat(logprobs.get("top_logprobs").get(1).toString()).isEqualTo("{\"s\":-1.115}");
        assertThat(logprobs.get("token_logprobs").size()).isEqualTo(15);
    }

    @Test
    void reportsTheTakenTokenEvenWithoutAlternatives() throws Exception {
        ApiClient.Answer answer = client.post(PATH, completion("'prompt': 'say a', 'logprobs': 0"));

        assertThat(answer.at("/choices/0/logprobs").toString())
                .isEqualTo(
                        "{\"tokens\":[\"a\"],\"token_logprobs\":[-1.097],\"top_logprobs\":[{\"a\":-1.097}],\"text_offset\":[0]}");
    }

    @Test
    void streamsTextThenReasonThenUsage() throws Exception {
        List<String> events =
                client.events(
                        PATH,
                        completion(
                                "'prompt': 'say abc', 'echo': true, 'logprobs': 2, 'stream': true, 'stream_options': {'include_usage': true}"));

        assertThat(events.getLast()).isEqualTo("[DONE]");
        List<JsonNode> chunks =
                events.subList(0, events.size() - 1).stream().map(ApiClient::parse).toList();
        assertThat(
                        chunks.stream()
                                .map(chunk -> chunk.at("/choices/0/text").asString(""))
                                .collect(Collectors.joining()))
                .isEqualTo("say abcabc");
        assertThat(
                        chunks.stream()
                                .mapToInt(chunk -> chunk.at("/choices/0/logprobs/tokens").size())
                                .sum())
                .isEqualTo(8 + 3);
        assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asString())
                .isEqualTo("stop");
        assertThat(chunks.getLast().at("/usage/total_tokens").intValue()).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'n': 1 | prompt | invalid_value",
                "'prompt': [] | prompt | invalid_value",
                "'prompt': {} | prompt | invalid_value",
                "'prompt': [[]] | prompt | invalid_value",
                "'prompt': [1, 'a'] | prompt[1] | invalid_value",
                "'prompt': ['a', 1] | prompt[1] | invalid_value",
                "'prompt': [[1], [2, 261]] | prompt[1][1] | invalid_value",
                "'prompt': [-1] | prompt[0] | invalid_value",
                "'prompt': 'a', 'logprobs': 21 | logprobs | invalid_value",
                "'prompt': 'a', 'logprobs': true | logprobs | invalid_value",
                "'prompt': 'a', 'max_tokens': 0 | max_tokens | invalid_value",
                "'prompt': 'a', 'max_tokens': 511 | prompt | context_length_exceeded",
                "'prompt': 'a', 'suffix': 'b' | suffix | unsupported_parameter",
                "'prompt': 'a', 'best_of': 2 | best_of | unsupported_parameter",
                "'prompt': 'a', 'response_format': {'type': 'json_object'} | response_format | unsupported_parameter",
                "'prompt': 'a', 'echo': 'x' | echo | invalid_value",
            })
    void refusesBadParametersByTheirPath(String members, String param, String code)
            throws Exception {
        ApiClient.Answer answer = client.post(PATH, completion(members));

        assertThat(answer.text("/error/code")).isEqualTo(code);
        assertThat(answer.text("/error/param")).isEqualTo(param);
        assertThat(answer.status()).isEqualTo(400);
    }

    private static String completion(String members) {
        return "{'model': 'scripted', %s}".formatted(members);
    }
}
