package dev.altiplano.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.server.api.ScriptedModel;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class AltiplanoServerTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static AltiplanoServer server;

    @BeforeAll
    static void start() {
        server = AltiplanoServer.start(ServerOptions.defaults().withPort(0), new ScriptedModel());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void saysThatItIsWellAndWhyItDoesNotComputeWithMachineCode() throws Exception {
        HttpResponse<String> answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith(
                        "{\"status\":\"ok\",\"kernels\":\"scalar\",\"kv_cache\":\"f16\",\"no_machine_code\":\"")
                .contains(KernelTier.SCALAR.whyNoMachineCode().orElseThrow());
    }

    @Test
    void saysThatTheEngineHasEndedAndThatWaitingIsNoUse() throws Exception {
        ScriptedModel model = new ScriptedModel();
        try (AltiplanoServer dying =
                AltiplanoServer.start(ServerOptions.defaults().withPort(0), model)) {
            ApiClient client = new ApiClient(dying);
            model.die();

            ApiClient.Answer health = client.get("/health");
            ApiClient.Answer answer =
                    client.post(
                            "/v1/completions",
                            "{'model': '%s', 'prompt': 'say a'}".formatted(ScriptedModel.NAME));

            for (ApiClient.Answer refused : List.of(health, answer)) {
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.text("/error/code")).isEqualTo("engine_ended");
                assertThat(refused.http().headers().firstValue("retry-after")).isEmpty();
            }
        }
    }

    @Test
    void givesEveryAnswerAnIdThatSortsByTime() throws Exception {
        String first = get("/health").headers().firstValue("x-request-id").orElseThrow();
        String second = get("/nothing").headers().firstValue("x-request-id").orElseThrow();

        assertThat(first).matches("req_[0-9A-Z]{26}");
        assertThat(second.substring(0, 14)).isGreaterThanOrEqualTo(first.substring(0, 14));
    }

    @Test
    void saysWhichPortIsInUse() {
        ServerOptions same = ServerOptions.defaults().withPort(server.port());

        assertThatThrownBy(() -> AltiplanoServer.start(same, new ScriptedModel()))
                .isInstanceOf(ServerException.class)
                .hasMessageContainingAll("127.0.0.1:" + server.port(), "--port")
                .message()
                .doesNotContain("\n");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(server.uri().resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
