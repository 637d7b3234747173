package dev.altiplano.model.chat;

import java.util.List;

/**
 * A conversation that a model shall go on with.
 *
 * @param messages what was said, oldest first; at least one
 * @param tools what the model may call; may be empty
 * @param addGenerationPrompt whether the prompt ends with the head of an assistant's turn
 * @param templateArgumentsJson a JSON object: further variables for the model's template, such as
 *     {@code {"enable_thinking": false}} or {@code {"date_string": "26 Jul 2024"}}
 */
public record ChatPrompt(
        List<ChatMessage> messages,
        List<ToolDefinition> tools,
        boolean addGenerationPrompt,
        String templateArgumentsJson) {

    /**
     * Throws {@link IllegalArgumentException} if there is no message or the arguments are no JSON
     * object.
     */
    public ChatPrompt {
        JsonText.requireObject("template arguments", templateArgumentsJson);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("expected at least one message, found none");
        }
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** The conversation, ending with the head of the assistant's turn. */
    public static ChatPrompt of(List<ChatMessage> messages) {
        return new ChatPrompt(messages, List.of(), true, "{}");
    }

    public ChatPrompt withTools(List<ToolDefinition> definitions) {
        return new ChatPrompt(messages, definitions, addGenerationPrompt, templateArgumentsJson);
    }

    /** The conversation alone, as a model is trained on it. */
    public ChatPrompt withoutGenerationPrompt() {
        return new ChatPrompt(messages, tools, false, templateArgumentsJson);
    }

    public ChatPrompt withTemplateArguments(String json) {
        return new ChatPrompt(messages, tools, addGenerationPrompt, json);
    }
}
