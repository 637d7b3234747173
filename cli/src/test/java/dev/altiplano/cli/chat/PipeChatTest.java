package dev.altiplano.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.model.chat.ChatMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class PipeChatTest {
    @Test
    void answersWhatThePipeHolds() throws Exception {
        StringWriter out = new StringWriter();

        answer("  Why?\n".getBytes(StandardCharsets.UTF_8), new PrintWriter(out), new Counting());

        assertThat(out.toString().strip()).isEqualTo("1 2 3");
    }

    @Test
    void refusesAnEmptyPipe() {
        assertThatThrownBy(() -> answer(new byte[] {' ', '\n'}, sink(), new Counting()))
                .isInstanceOf(AltiplanoException.class)
                .hasMessageContaining("expected a message, found none");
    }

    @Test
    void refusesBytesThatAreNoTextAndSaysWhere() {
        byte[] image = {'o', 'k', (byte) 0x89, 'P', 'N', 'G'};

        assertThatThrownBy(() -> answer(image, sink(), new Counting()))
                .isInstanceOf(AltiplanoException.class)
                .hasMessageContainingAll("byte 2", "UTF-8");
    }

    @Test
    void stopsTheAnswerWhenItsReaderLeaves() throws Exception {
        Counting answerer = new Counting();
        OutputStream closedPipe =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };

        answer(
                new byte[] {'?'},
                new PrintWriter(closedPipe, false, StandardCharsets.UTF_8),
                answerer);

        assertThat(answerer.said).isEqualTo(1);
    }

    private static Answer answer(byte[] input, PrintWriter out, Answerer answerer)
            throws IOException {
        Conversation conversation = new Conversation(Optional.empty());
        return PipeChat.answer(new ByteArrayInputStream(input), out, answerer, conversation);
    }

    private static PrintWriter sink() {
        return new PrintWriter(new StringWriter());
    }

    /** Counts to three, or until it is stopped. */
    private static final class Counting implements Answerer {
        private int said;
        private boolean stopped;

        @Override
        public Answer answer(List<ChatMessage> conversation, Consumer<String> onText) {
            while (said < 3 && !stopped) {
                said++;
                onText.accept(said + " ");
            }
            return new Answer("", "", 1, said, 0, 0);
        }

        @Override
        public void stop() {
            stopped = true;
        }
    }
}
