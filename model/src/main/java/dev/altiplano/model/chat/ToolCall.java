package dev.altiplano.model.chat;

/**
 * A call that an assistant makes.
 *
 * @param id names the call, so that its answer can be told from others; may be empty
 * @param name the tool
 * @param argumentsJson a JSON object as the model wrote it; what is not one reaches a template as
 *     plain text
 */
public record ToolCall(String id, String name, String argumentsJson) {}
