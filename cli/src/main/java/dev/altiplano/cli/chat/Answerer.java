package dev.altiplano.cli.chat;

import dev.altiplano.model.chat.ChatMessage;
import java.util.List;
import java.util.function.Consumer;

/** Answers a conversation; what the terminal needs to know of the engine. */
public interface Answerer {
    /** Blocks until the answer has ended; gives its text piece by piece to {@code onText}. */
    Answer answer(List<ChatMessage> conversation, Consumer<String> onText);

    /** Ends the answer that is under way, if any; callable from any thread. */
    void stop();
}
