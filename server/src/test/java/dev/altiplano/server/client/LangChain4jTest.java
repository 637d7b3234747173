package dev.altiplano.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.server.AltiplanoServer;
import dev.altiplano.server.ServerOptions;
import dev.altiplano.server.api.ScriptedModel;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** LangChain4j's OpenAI models. */
final class LangChain4jTest {
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
        ChatResponse answer = model(ScriptedModel.NAME).chat(UserMessage.from("say ¿Cómo estás?"));

        assertThat(answer.aiMessage().text()).isEqualTo("¿Cómo estás?");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.tokenUsage().totalTokenCount()).isEqualTo(22 + 15);
    }

    @Test
    void streams() throws Exception {
        Recorder recorder = new Recorder(false);

        streaming().chat("say hello there", recorder);

        ChatResponse answer = recorder.complete.get(20, TimeUnit.SECONDS);
        assertThat(recorder.text.toString()).isEqualTo("hello there");
        assertThat(answer.aiMessage().text()).isEqualTo("hello there");
        assertThat(answer.tokenUsage().outputTokenCount()).isEqualTo(11);
    }

    @Test
    void cancellingAStreamEndsItsAnswer() throws Exception {
        MODEL.cancellations().drainPermits();

        streaming()
                .chat(
                        ChatRequest.builder().messages(UserMessage.from("wait")).build(),
                        new Recorder(true));

        assertThat(MODEL.cancellations().tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void seesAnUnknownModel() {
        assertThatThrownBy(() -> model("gpt-4o").chat("hi"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("gpt-4o");
    }

    @Test
    void seesABadRequest() {
        assertThatThrownBy(() -> model(ScriptedModel.NAME).chat("x".repeat(600)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("512");
    }

    private static OpenAiChatModel model(String name) {
        return OpenAiChatModel.builder()
                .baseUrl(server.uri() + "v1")
                .apiKey("none")
                .modelName(name)
                .maxRetries(0)
                .build();
    }

    private static OpenAiStreamingChatModel streaming() {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(server.uri() + "v1")
                .apiKey("none")
                .modelName(ScriptedModel.NAME)
                .build();
    }

    /** Collects a stream; may cancel it at its first part. */
    private static final class Recorder implements StreamingChatResponseHandler {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<ChatResponse> complete = new CompletableFuture<>();
        private final boolean cancels;

        Recorder(boolean cancels) {
            this.cancels = cancels;
        }

        @Override
        public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
            text.append(part.text());
            if (cancels) {
                context.streamingHandle().cancel();
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            complete.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            complete.completeExceptionally(error);
        }
    }
}
