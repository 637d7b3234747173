package dev.altiplano.cli.chat;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.model.chat.ChatMessage;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * What was said so far, with the system text first. Saved as the JSON array of {@code role} and
 * {@code content} that chat APIs take. Owned by one thread.
 */
public final class Conversation {
    private static final long FILE_BYTES_MAX = 16 << 20;
    private static final Set<String> ROLES = Set.of("user", "assistant");

    private Optional<String> system;
    private final List<ChatMessage> turns = new ArrayList<>();

    public Conversation(Optional<String> system) {
        this.system = system;
    }

    Optional<String> system() {
        return system;
    }

    /**
     * Another system text starts the conversation anew, as models answer to the first one they saw.
     */
    void restart(Optional<String> newSystem) {
        system = newSystem;
        turns.clear();
    }

    void user(String text) {
        turns.add(ChatMessage.user(text));
    }

    void assistant(String text) {
        turns.add(ChatMessage.assistant(text));
    }

    /** Takes the last message back, such as a question that got no answer. */
    void dropLast() {
        turns.removeLast();
    }

    int turnCount() {
        return turns.size();
    }

    /** All messages in order, the system text first where there is one. */
    List<ChatMessage> messages() {
        List<ChatMessage> messages = new ArrayList<>();
        system.ifPresent(text -> messages.add(ChatMessage.system(text)));
        messages.addAll(turns);
        return messages;
    }

    /** Writes beside and moves into place. */
    void save(Path file) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        for (ChatMessage message : messages()) {
            array.addObject().put("role", message.role()).put("content", message.content());
        }
        try {
            if (Files.isDirectory(file)) {
                throw new FileSystemException(file.toString(), null, "it is a folder");
            }
            Path beside = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(beside, array.toPrettyString() + "\n");
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new AltiplanoException(
                    "%s: expected a file that can be written, found: %s. Choose another place."
                            .formatted(file, reason(failure)),
                    failure);
        }
    }

    /** Replaces this conversation; throws and changes nothing if the file is not one. */
    void load(Path file) {
        Optional<String> newSystem = Optional.empty();
        List<ChatMessage> newTurns = new ArrayList<>();
        for (JsonNode node : read(file)) {
            String role = node.path("role").asString("");
            String content = node.path("content").asString("");
            if (role.equals("system") && newTurns.isEmpty()) {
                newSystem = Optional.of(content);
            } else if (ROLES.contains(role)) {
                newTurns.add(
                        role.equals("user")
                                ? ChatMessage.user(content)
                                : ChatMessage.assistant(content));
            } else {
                throw new AltiplanoException(
                        "%s, message %d: expected the role system, user or assistant, found '%s'. Mend the file."
                                .formatted(file, newTurns.size(), role));
            }
        }
        system = newSystem;
        turns.clear();
        turns.addAll(newTurns);
    }

    private static JsonNode read(Path file) {
        try {
            JsonNode tree = JsonMapper.shared().readTree(text(file));
            if (tree.isArray()) {
                return tree;
            }
            throw noChat(file, String.valueOf(tree.getNodeType()));
        } catch (JacksonException failure) {
            throw noChat(file, failure.getOriginalMessage(), failure);
        }
    }

    private static String text(Path file) {
        try {
            long sizeBytes = Files.size(file);
            if (sizeBytes > FILE_BYTES_MAX) {
                throw noChat(file, sizeBytes + " bytes, over the limit of " + FILE_BYTES_MAX);
            }
            return Files.readString(file);
        } catch (CharacterCodingException binary) {
            throw noChat(file, "bytes that are no UTF-8 text", binary);
        } catch (IOException failure) {
            throw noChat(file, reason(failure), failure);
        }
    }

    private static AltiplanoException noChat(Path file, String found) {
        return new AltiplanoException(
                "%s: expected a JSON array of messages, found: %s. Is it a saved chat?"
                        .formatted(file, found));
    }

    private static AltiplanoException noChat(Path file, String found, Exception cause) {
        AltiplanoException failure = noChat(file, found);
        failure.initCause(cause);
        return failure;
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "no such file or folder";
            case AccessDeniedException denied -> "no permission";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
