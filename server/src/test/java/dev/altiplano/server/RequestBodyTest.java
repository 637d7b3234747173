package dev.altiplano.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.server.api.ScriptedModel;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the API says to bodies that are no proper JSON, and what the small endpoints answer. */
final class RequestBodyTest {
    private static AltiplanoServer server;
    private static ApiClient client;

    @BeforeAll
    static void start() {
        server = AltiplanoServer.start(ServerOptions.defaults().withPort(0), new ScriptedModel());
        client = new ApiClient(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | 400 | invalid_json",
                "{ | 400 | invalid_json",
                "[] | 400 | invalid_json",
                "null | 400 | invalid_json",
                "{'a': NaN} | 400 | invalid_json",
                "{'a': 1} {} | 400 | invalid_json",
                "{'a': 1, 'a': 2} | 400 | invalid_json",
                "{'a': 11111111111111111111111111111111111111111111111111111111111111111} | 400 | json_limit",
            })
    void refusesWhatIsNoJsonObject(String body, int status, String code) throws Exception {
        ApiClient.Answer answer = client.post("/v1/completions", body);

        assertThat(answer.text("/error/code")).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void tellsLineAndColumnOfBrokenJson() throws Exception {
        ApiClient.Answer answer = client.post("/v1/completions", "{\n  'a': 1,\n  'b' 2}");

        assertThat(answer.text("/error/message")).contains("line 3, column 7");
    }

    @Test
    void refusesJsonThatIsTooDeep() throws Exception {
        String deep = "{'a': " + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(client.post("/tokenize", deep).text("/error/code")).isEqualTo("json_limit");
    }

    @Test
    void refusesBytesThatAreNoText() throws Exception {
        JsonNode error =
                send("application/json", new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});

        assertThat(error.at("/error/code").asString()).isEqualTo("invalid_json");
    }

    @Test
    void refusesABodyThatIsNotDeclaredAsJson() throws Exception {
        JsonNode error = send("text/plain", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(error.at("/error/code").asString()).isEqualTo("unsupported_media_type");
    }

    private static JsonNode send(String contentType, byte[] body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(server.uri().resolve("/v1/completions"))
                        .header("content-type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        return ApiClient.parse(
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    @Test
    void listsTheModelThatIsServed() throws Exception {
        JsonNode list = client.get("/v1/models").body();

        assertThat(list.get("object").asString()).isEqualTo("list");
        JsonNode model = list.at("/data/0");
        assertThat(model.get("id").asString()).isEqualTo(ScriptedModel.NAME);
        assertThat(model.get("object").asString()).isEqualTo("model");
        assertThat(model.get("owned_by").asString()).isEqualTo("altiplano");
        assertThat(model.get("created").isIntegralNumber()).isTrue();
        assertThat(model.get("altiplano").toString())
                .isEqualTo(
                        "{\"context_length\":512,\"vocab_size\":261,\"parameters\":1234,\"size_bytes\":5678}");
        assertThat(client.get("/v1/v1/models/scripted").body()).isEqualTo(model);
    }

    @Test
    void doesNotKnowOtherModels() throws Exception {
        ApiClient.Answer answer = client.get("/v1/models/org/other");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("/error/code")).isEqualTo("model_not_found");
        assertThat(answer.text("/error/message")).contains("org/other", "scripted");
    }

    @Test
    void tellsTheIdsOfAText() throws Exception {
        ApiClient.Answer answer =
                client.post(
                        "/tokenize",
                        "{'content': 'hé<|end|>', 'add_special': true, 'with_pieces': true}");

        assertThat(answer.body().toString())
                .isEqualTo(
                        "{\"tokens\":[256,104,195,169,60,124,101,110,100,124,62],\"count\":11,\"pieces\":[\"<|begin|>\",\"h\",\"<0xC3>\",\"<0xA9>\",\"<\",\"|\",\"e\",\"n\",\"d\",\"|\",\">\"]}");
    }

    @Test
    void neverMakesControlTokensOfAText() throws Exception {
        ApiClient.Answer answer =
                client.post("/tokenize", "{'content': '<|end|>', 'parse_special': true}");

        assertThat(answer.text("/error/code")).isEqualTo("unsupported_parameter");
    }

    @Test
    void tellsTheTextOfIds() throws Exception {
        assertThat(client.post("/detokenize", "{'tokens': [104, 195, 169]}").body().toString())
                .isEqualTo("{\"content\":\"hé\"}");
        assertThat(client.post("/detokenize", "{'tokens': [104, 261]}").text("/error/param"))
                .isEqualTo("tokens[1]");
        assertThat(client.post("/detokenize", "{}").text("/error/param")).isEqualTo("tokens");
    }

    @Test
    void publishesMetricsWithoutAWordOfAPrompt() throws Exception {
        client.post("/v1/completions", "{'model': 'scripted', 'prompt': 'say zebra'}");

        HttpResponse<String> metrics =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(server.uri().resolve("/metrics")).build(),
                                HttpResponse.BodyHandlers.ofString());

        assertThat(metrics.headers().firstValue("content-type"))
                .contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body())
                .contains("vllm:request_success_total{finished_reason=\"stop\"")
                .contains("vllm:num_requests_waiting{model_name=\"scripted\"} 0.0")
                .doesNotContain("zebra");
    }

    @Test
    void logsAFailureWithoutAWordOfItsPrompt() throws Exception {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler recorder =
                new Handler() {
                    @Override
                    public void publish(LogRecord line) {
                        logged.add(line.getMessage() + line.getThrown());
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger root = Logger.getLogger("");
        root.addHandler(recorder);
        try {
            client.post("/v1/completions", "{'model': 'scripted', 'prompt': 'say zebra fail'}");
        } finally {
            root.removeHandler(recorder);
        }

        assertThat(logged).anyMatch(line -> line.contains("request req_"));
        assertThat(logged).noneMatch(line -> line.contains("zebra"));
    }

    @Test
    void knowsNoOtherPaths() throws Exception {
        ApiClient.Answer answer = client.post("/v1/images/generations", "{}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("/error/code")).isEqualTo("not_found");
    }
}
