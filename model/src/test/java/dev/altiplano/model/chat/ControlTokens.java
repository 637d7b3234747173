package dev.altiplano.model.chat;

import dev.altiplano.model.token.PromptText;
import java.util.ArrayList;
import java.util.List;

/** The control tokens of the models whose templates are recorded. */
final class ControlTokens {
    static final List<String> ALL =
            List.of(
                    "<|begin_of_text|>",
                    "<|start_header_id|>",
                    "<|end_header_id|>",
                    "<|eot_id|>",
                    "<|eom_id|>",
                    "<|python_tag|>",
                    "<|header_start|>",
                    "<|header_end|>",
                    "<|eot|>",
                    "<|python_start|>",
                    "<|python_end|>",
                    "<|image|>",
                    "<|im_start|>",
                    "<|im_end|>",
                    "<|endoftext|>",
                    "<|user|>",
                    "<|system|>",
                    "<|assistant|>",
                    "<|startoftext|>",
                    "<|start|>",
                    "<|message|>",
                    "<|channel|>",
                    "<s>",
                    "</s>",
                    "[INST]",
                    "[/INST]",
                    "[TOOL_CALLS]",
                    "[AVAILABLE_TOOLS]",
                    "[/AVAILABLE_TOOLS]",
                    "[TOOL_RESULTS]",
                    "[/TOOL_RESULTS]");

    private ControlTokens() {}

    /** The control tokens that a tokenizer would see in {@code prompt}, in order. */
    static List<String> trusted(PromptText prompt) {
        List<String> found = new ArrayList<>();
        String text = prompt.text();
        for (int i = 0; i < text.length(); i++) {
            for (String token : ALL) {
                if (text.startsWith(token, i) && prompt.isTrusted(i, i + token.length())) {
                    found.add(token);
                }
            }
        }
        return found;
    }
}
