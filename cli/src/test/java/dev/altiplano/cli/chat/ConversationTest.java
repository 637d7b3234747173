package dev.altiplano.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.model.chat.ChatMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConversationTest {
    @TempDir private Path folder;

    @Test
    void comesBackFromItsFileAsItWas() throws Exception {
        Conversation said = new Conversation(Optional.of("Be brief."));
        said.user("¿Qué tal? \"quoted\"\n<|eot_id|>");
        said.assistant("Bien 🏔");
        Path file = folder.resolve("chat.json");

        said.save(file);
        Conversation loaded = new Conversation(Optional.empty());
        loaded.load(file);

        assertThat(loaded.messages()).isEqualTo(said.messages());
    }

    @Test
    void staysAsItWasWhenAFileIsNoConversation() throws Exception {
        Path file = folder.resolve("other.json");
        Files.writeString(file, "[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"queen\"}]");
        Conversation conversation = new Conversation(Optional.empty());
        conversation.user("Hello");

        assertThatThrownBy(() -> conversation.load(file))
                .isInstanceOf(AltiplanoException.class)
                .hasMessageContainingAll("other.json", "message 1", "queen");
        assertThat(conversation.messages()).containsExactly(ChatMessage.user("Hello"));
    }

    @Test
    void refusesAFileThatIsNotJson() throws Exception {
        Path file = folder.resolve("notes.txt");
        Files.writeString(file, "hello");

        assertThatThrownBy(() -> new Conversation(Optional.empty()).load(file))
                .isInstanceOf(AltiplanoException.class)
                .hasMessageContaining("notes.txt");
    }

    @Test
    void forgetsItsTurnsWhenTheSystemTextChanges() {
        Conversation conversation = new Conversation(Optional.empty());
        conversation.user("Hello");

        conversation.restart(Optional.of("Be brief."));

        assertThat(conversation.messages()).containsExactly(ChatMessage.system("Be brief."));
    }
}
