package dev.altiplano.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.models.Model;
import dev.altiplano.server.AltiplanoServer;
import dev.altiplano.server.ServerOptions;
import dev.altiplano.server.api.ScriptedModel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenAI's own client for Java. */
final class OpenAiJavaTest {
    private static final ScriptedModel MODEL = new ScriptedModel();
    private static AltiplanoServer server;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        server = AltiplanoServer.start(ServerOptions.defaults().withPort(0), MODEL);
        client =
                OpenAIOkHttpClient.builder()
                        .baseUrl(server.uri() + "v1")
                        .apiKey("none")
                        .maxRetries(0)
                        .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void chats() {
        ChatCompletion answer = client.chat().completions().create(chat("say ¡Hola!").build());

        answer.validate();
        assertThat(answer.choices().getFirst().message().content()).contains("¡Hola!");
        assertThat(answer.choices().getFirst().finishReason().asString()).isEqualTo("stop");
        assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(7);
    }

    @Test
    void streamsAChatAndItsUsage() {
        ChatCompletionCreateParams params =
                chat("say hello")
                        .streamOptions(
                                ChatCompletionStreamOptions.builder().includeUsage(true).build())
                        .build();

        List<ChatCompletionChunk> chunks;
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(params)) {
            chunks = stream.stream().map(ChatCompletionChunk::validate).toList();
        }

        assertThat(
                        chunks.stream()
                                .flatMap(chunk -> chunk.choices().stream())
                                .flatMap(choice -> choice.delta().content().stream())
                                .collect(Collectors.joining()))
                .isEqualTo("hello");
        assertThat(chunks.getLast().usage().orElseThrow().totalTokens()).isEqualTo(12 + 5);
    }

    @Test
    void readsLogprobs() {
        ChatCompletion answer =
                client.chat()
                        .completions()
                        .create(chat("say a").logprobs(true).topLogprobs(3).build());

        answer.validate();
        var entry =
                answer.choices()
                        .getFirst()
                        .logprobs()
                        .orElseThrow()
                        .content()
                        .orElseThrow()
                        .getFirst();
        assertThat(entry.token()).isEqualTo("a");
        assertThat(entry.topLogprobs()).hasSize(3);
    }

    @Test
    void completesAndEchoes() {
        Completion answer =
                client.completions()
                        .create(
                                CompletionCreateParams.builder()
                                        .model(ScriptedModel.NAME)
                                        .prompt("say hi")
                                        .echo(true)
                                        .logprobs(2)
                                        .build());

        assertThat(answer.choices().getFirst().text()).isEqualTo("say hihi");
        assertThat(answer.choices().getFirst().logprobs().orElseThrow().tokens().orElseThrow())
                .hasSize(9);
    }

    @Test
    void acceptsTheShapeOfACompletion() {
        Completion answer =
                client.completions()
                        .create(
                                CompletionCreateParams.builder()
                                        .model(ScriptedModel.NAME)
                                        .promptOfArrayOfTokens(List.of(104L, 105L))
                                        .logprobs(2)
                                        .build());

        assertThat(answer.validate().choices().getFirst().text()).isEqualTo("hi");
    }

    @Test
    void listsModels() {
        List<Model> models = client.models().list().data();

        assertThat(models).hasSize(1);
        assertThat(client.models().retrieve(models.getFirst().id()).validate().id())
                .isEqualTo(ScriptedModel.NAME);
    }

    @Test
    void seesAnUnknownModelAsNotFound() {
        assertThatThrownBy(
                        () ->
                                client.chat()
                                        .completions()
                                        .create(chat("hi").model("gpt-4o").build()))
                .isInstanceOfSatisfying(
                        NotFoundException.class,
                        error -> {
                            assertThat(error.code()).contains("model_not_found");
                            assertThat(error.param()).contains("model");
                        });
    }

    @Test
    void seesABadParameterAsABadRequest() {
        assertThatThrownBy(
                        () ->
                                client.chat()
                                        .completions()
                                        .create(chat("hi").temperature(3.0).build()))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        error -> assertThat(error.param()).contains("temperature"));
    }

    @Test
    void closingAStreamEndsItsAnswer() throws Exception {
        MODEL.cancellations().drainPermits();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(chat("wait").build())) {
            assertThat(stream.stream().findFirst()).isPresent();
        }

        assertThat(MODEL.cancellations().tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    private static ChatCompletionCreateParams.Builder chat(String content) {
        return ChatCompletionCreateParams.builder()
                .model(ScriptedModel.NAME)
                .addUserMessage(content);
    }
}
