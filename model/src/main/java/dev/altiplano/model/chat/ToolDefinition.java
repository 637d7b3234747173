package dev.altiplano.model.chat;

/**
 * A tool that the model may call.
 *
 * @param description what it does, in words for the model; may be empty
 * @param parametersJson the JSON schema of its arguments; its members keep their order in prompts
 */
public record ToolDefinition(String name, String description, String parametersJson) {

    /**
     * Throws {@link IllegalArgumentException} if the name is blank or the schema no JSON object.
     */
    public ToolDefinition {
        JsonText.requireObject("schema of the tool's parameters", parametersJson);
        if (name.isBlank()) {
            throw new IllegalArgumentException("expected a tool's name, found none");
        }
    }
}
