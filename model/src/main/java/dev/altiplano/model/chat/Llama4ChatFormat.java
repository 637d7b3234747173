package dev.altiplano.model.chat;

import dev.altiplano.model.token.PromptText;
import java.util.ArrayList;
import java.util.List;

/**
 * Llama 4: a header with the role, the text, {@code <|eot|>}. Tools are offered and called in JSON,
 * as the template on Hugging Face has it; several calls may be made at once.
 */
final class Llama4ChatFormat implements ChatFormat {
    @Override
    public PromptText render(ChatPrompt prompt) {
        LlamaArguments arguments = LlamaArguments.of(prompt);
        PromptWriter writer = new PromptWriter("<|header_start|>", "<|header_end|>", "<|eot|>");
        List<ChatMessage> turns = new ArrayList<>(prompt.messages());
        boolean hasTools = !prompt.tools().isEmpty();

        writer.ours("<|begin_of_text|>");
        if (turns.getFirst().role().equals("system")) {
            writer.header("system");
            if (hasTools) {
                writer.ours("Environment: ipython\n");
            }
            if (hasTools && !arguments.toolsInUserMessage()) {
                writer.toolsForSystem(prompt.tools());
            }
            writer.stripped(turns.removeFirst().content()).end();
        }
        if (hasTools && arguments.toolsInUserMessage()) {
            LlamaArguments.requireFirstTurn(turns);
            writer.header("user").toolsForUser(prompt.tools());
            writer.stripped(turns.removeFirst().content()).end();
        }
        turns.forEach(turn -> turn(writer, turn));
        if (prompt.addGenerationPrompt()) {
            writer.header("assistant");
        }
        return writer.build();
    }

    private static void turn(PromptWriter writer, ChatMessage turn) {
        if (!turn.toolCalls().isEmpty()) {
            writer.header("assistant").ours("<|python_start|>").theirs(turn.content());
            writer.ours("<|python_end|>");
            turn.toolCalls().forEach(writer::call);
            writer.end();
        } else if (turn.role().equals("tool") || turn.role().equals("ipython")) {
            writer.result(turn);
        } else {
            writer.header(turn.role()).theirs(turn.content()).end();
        }
    }

    @Override
    public String description() {
        return "Llama 4, written by hand";
    }
}
