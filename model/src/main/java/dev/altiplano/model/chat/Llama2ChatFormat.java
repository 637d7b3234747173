package dev.altiplano.model.chat;

import dev.altiplano.model.jinja.ChatTemplateException;
import dev.altiplano.model.jinja.Text;
import dev.altiplano.model.token.PromptText;
import java.util.List;

/**
 * Llama 2: {@code <s>[INST] <<SYS>>\nsystem\n<</SYS>>\n\nuser [/INST] assistant </s>}, turn by
 * turn. It knows no tools. {@code [INST]} is plain text, so a user can spell it: the model was
 * trained so.
 */
final class Llama2ChatFormat implements ChatFormat {
    @Override
    public PromptText render(ChatPrompt prompt) {
        List<ChatMessage> messages = prompt.messages();
        boolean hasSystem = messages.getFirst().role().equals("system");
        List<ChatMessage> turns = hasSystem ? messages.subList(1, messages.size()) : messages;
        PromptText.Builder text = PromptText.builder();
        for (int i = 0; i < turns.size(); i++) {
            ChatMessage turn = turns.get(i);
            boolean isUser = turn.role().equals("user");
            if (isUser != (i % 2 == 0)) {
                throw ChatTemplateException.refused(
                        "Conversation roles must alternate user/assistant/user/assistant/...");
            }
            if (isUser) {
                text.trusted("<s>[INST] ");
                text.append(
                        i == 0 && hasSystem
                                ? withSystem(messages.getFirst(), turn)
                                : stripped(turn));
                text.trusted(" [/INST]");
            } else if (turn.role().equals("assistant")) {
                text.trusted(" ").append(stripped(turn)).trusted(" </s>");
            }
        }
        return text.build();
    }

    private static PromptText withSystem(ChatMessage system, ChatMessage turn) {
        // What stands behind the mark is stripped at the end only: the start is our own text.
        String user = turn.content();
        String stripped = Text.untrusted("." + user).strip().chars().substring(1);
        PromptText.Builder text =
                PromptText.builder()
                        .trusted("<<SYS>>\n")
                        .untrusted(system.content())
                        .trusted(stripped.isEmpty() ? "\n<</SYS>>" : "\n<</SYS>>\n\n");
        return text.untrusted(stripped).build();
    }

    private static PromptText stripped(ChatMessage message) {
        return PromptText.untrusted(Text.untrusted(message.content()).strip().chars());
    }

    @Override
    public String description() {
        return "Llama 2, written by hand";
    }
}
