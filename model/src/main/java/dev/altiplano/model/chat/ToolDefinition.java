package dev.altiplano.model.chat;

/**
 * A tool that the model may call.
 *
 * @param description what it does, in words for the model; may be empty
 * @param parametersJson the JSON schema of its arguments; its members keep their order in prompts
 */
public record ToolDefinition(String name, String description, String parametersJson) {

    /** Throws {@link IllegalArgumentException} if the name is blank. */
    public ToolDefinition {
        if (name.isBlank()) {
            throw new IllegalArgumentException("expected a tool's name, found none");
        }
    }
}
