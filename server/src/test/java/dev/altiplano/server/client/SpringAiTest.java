package dev.altiplano.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import dev.altiplano.server.AltiplanoServer;
import dev.altiplano.server.ServerOptions;
import dev.altiplano.server.api.ScriptedModel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Spring AI's OpenAI model. */
final class SpringAiTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
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

    @Test
    void chats() {
        ChatResponse answer = model(ScriptedModel.NAME, "v1").call(new Prompt("say ¡Hola!"));

        assertThat(text(answer)).isEqualTo("¡Hola!");
        assertThat(answer.getMetadata().getUsage().getCompletionTokens()).isEqualTo(7);
    }

    @Test
    void chatsThroughADoubledVersion() {
        ChatResponse answer = model(ScriptedModel.NAME, "v1/v1").call(new Prompt("say hi"));

        assertThat(text(answer)).isEqualTo("hi");
    }

    @Test
    void streams() {
        String text =
                model(ScriptedModel.NAME, "v1").stream(new Prompt("say hello"))
                        .map(SpringAiTest::text)
                        .collect(Collectors.joining())
                        .block(TIMEOUT);

        assertThat(text).isEqualTo("hello");
    }

    /**
     * Disposing of a stream leaves Spring AI 2.0's connection open, so it is a timeout that ends
     * it.
     */
    @Test
    void givingUpEndsTheAnswer() throws Exception {
        MODEL.cancellations().drainPermits();
        OpenAiChatOptions.Builder options = options(ScriptedModel.NAME, "v1");
        options.timeout(Duration.ofMillis(300));
        OpenAiChatModel impatient = OpenAiChatModel.builder().options(options.build()).build();

        assertThatThrownBy(() -> impatient.call(new Prompt("hang")))
                .isInstanceOf(RuntimeException.class);

        assertThat(MODEL.cancellations().tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void seesAnUnknownModel() {
        assertThatThrownBy(() -> model("gpt-4o", "v1").call(new Prompt("hi")))
                .hasStackTraceContaining(NotFoundException.class.getName())
                .hasStackTraceContaining("gpt-4o");
    }

    @Test
    void seesABadRequest() {
        assertThatThrownBy(() -> model(ScriptedModel.NAME, "v1").call(new Prompt("x".repeat(600))))
                .hasStackTraceContaining(BadRequestException.class.getName())
                .hasStackTraceContaining("512");
    }

    /** The text of all results; the first and last part of a stream have none. */
    private static String text(ChatResponse response) {
        return response.getResults().stream()
                .map(result -> Optional.ofNullable(result.getOutput().getText()).orElse(""))
                .collect(Collectors.joining());
    }

    private static OpenAiChatModel model(String name, String path) {
        return OpenAiChatModel.builder().options(options(name, path).build()).build();
    }

    private static OpenAiChatOptions.Builder options(String name, String path) {
        OpenAiChatOptions.Builder options = new OpenAiChatOptions.Builder();
        options.baseUrl(server.uri() + path);
        options.apiKey("none");
        options.model(name);
        options.maxRetries(0);
        return options;
    }
}
