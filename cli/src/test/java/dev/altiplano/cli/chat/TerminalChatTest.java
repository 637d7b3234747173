package dev.altiplano.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.model.chat.ChatMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chat as a person meets it, through a terminal with its line editing and its signals. */
final class TerminalChatTest {
    @TempDir private Path folder;

    private final Conversation conversation = new Conversation(Optional.empty());
    private final Echo echo = new Echo();

    @Test
    void answersAndRemembersBothSides() throws Exception {
        try (Keyboard keyboard = chat(echo)) {
            keyboard.type("Hello\r").await("You said: Hello").type("/exit\r").awaitEnd();
        }

        assertThat(conversation.messages())
                .containsExactly(
                        ChatMessage.user("Hello"), ChatMessage.assistant("You said: Hello"));
    }

    @Test
    void stopsTheAnswerAndNotTheProgramOnCtrlC() throws Exception {
        Endless endless = new Endless();
        try (Keyboard keyboard = chat(endless)) {
            keyboard.type("Go on\r").await("for ever").type(Keyboard.CTRL_C).await("Stopped.");
            keyboard.type("/stats\r").await("1 answers").type("/exit\r").awaitEnd();
        }

        assertThat(conversation.messages()).last().isEqualTo(ChatMessage.assistant("for ever"));
    }

    @Test
    void staysOnTheFirstCtrlCAtThePromptAndLeavesOnTheSecond() throws Exception {
        try (Keyboard keyboard = chat(echo)) {
            keyboard.await("> ").type("x").await("x").type(Keyboard.CTRL_C);
            keyboard.await("once more").await("> ").type(Keyboard.CTRL_C).awaitEnd();
        }
    }

    @Test
    void leavesOnCtrlD() throws Exception {
        try (Keyboard keyboard = chat(echo)) {
            keyboard.await("> ").type(Keyboard.CTRL_D).awaitEnd();
        }
    }

    @Test
    void takesSeveralLinesBetweenFencesAsOneMessageEvenIfItBeginsWithASlash() throws Exception {
        try (Keyboard keyboard = chat(echo)) {
            keyboard.type("\"\"\"/etc/hosts\rsays what?\"\"\"\r").await("You said: /etc/hosts");
            keyboard.type("/exit\r").awaitEnd();
        }

        assertThat(echo.asked).containsExactly("/etc/hosts\nsays what?");
    }

    @Test
    void takesPastedLinesAsOneMessage() throws Exception {
        try (Keyboard keyboard = chat(echo)) {
            keyboard.type("\u001b[200~first\nsecond ✓ 日本\u001b[201~\r").await("You said: first");
            keyboard.type("/exit\r").awaitEnd();
        }

        assertThat(echo.asked).containsExactly("first\nsecond ✓ 日本");
    }

    @Test
    void bringsBackTheLinesOfAnEarlierRun() throws Exception {
        try (Keyboard keyboard = chat(echo)) {
            keyboard.type("Remember me\r").await("You said").type("/exit\r").awaitEnd();
        }
        try (Keyboard keyboard = chat(echo)) {
            keyboard.await("> ").type(Keyboard.UP + Keyboard.UP + "\r").await("You said: Remember");
            keyboard.type("/exit\r").awaitEnd();
        }
    }

    @Test
    void savesAConversationAndLoadsItAgain() throws Exception {
        Path file = folder.resolve("a chat.json");
        try (Keyboard keyboard = chat(echo)) {
            keyboard.type("Hello\r")
                    .await("You said")
                    .type("/save " + file + "\r")
                    .await("Saved 2");
            keyboard.type("/new\r").await("A new").type("/load " + file + "\r").await("Loaded 2");
            keyboard.type("/exit\r").awaitEnd();
        }

        assertThat(conversation.messages()).hasSize(2);
    }

    @Test
    void saysWhatIsWrongWithAFileAndGoesOn() throws Exception {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, 1});
        try (Keyboard keyboard = chat(echo)) {
            keyboard.type("/load " + binary + "\r").await("no UTF-8 text");
            keyboard.type("/load " + folder.resolve("none") + "\r").await("no such file");
            keyboard.type("/save " + folder + "\r").await("it is a folder");
            keyboard.type("/load\r").await("expected a file name");
            keyboard.type("/sing\r").await("There is no /sing");
            keyboard.type("/exit\r").awaitEnd();
        }
    }

    private Keyboard chat(Answerer answerer) throws Exception {
        return new Keyboard(answerer, conversation, folder.resolve("history"));
    }

    private static Answer answer(String text, String ending) {
        return new Answer(text, ending, 1, 2, 3, 4);
    }

    /** Says what it was asked. */
    private static final class Echo implements Answerer {
        final List<String> asked = new ArrayList<>();

        @Override
        public Answer answer(List<ChatMessage> conversation, Consumer<String> onText) {
            asked.add(conversation.getLast().content());
            String text = "You said: " + asked.getLast();
            onText.accept(text);
            return TerminalChatTest.answer(text, "");
        }

        @Override
        public void stop() {}
    }

    /** Answers until it is stopped. */
    private static final class Endless implements Answerer {
        private final CountDownLatch stopped = new CountDownLatch(1);

        @Override
        public Answer answer(List<ChatMessage> conversation, Consumer<String> onText) {
            onText.accept("for ever");
            try {
                stopped.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
            return TerminalChatTest.answer("for ever", "Stopped.");
        }

        @Override
        public void stop() {
            stopped.countDown();
        }
    }
}
