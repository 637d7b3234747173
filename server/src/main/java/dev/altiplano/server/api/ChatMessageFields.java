package dev.altiplano.server.api;

import dev.altiplano.model.chat.ChatMessage;
import dev.altiplano.model.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads one message of a conversation. */
final class ChatMessageFields {
    private static final int PARTS_MAX = 1024;
    private static final int TOOL_CALLS_MAX = 128;

    /** OpenAI's roles and what templates call them. */
    private static final Map<String, String> ROLES =
            Map.of(
                    "system", "system",
                    "developer", "system",
                    "user", "user",
                    "assistant", "assistant",
                    "tool", "tool");

    private ChatMessageFields() {}

    static ChatMessage read(JsonFields message) {
        String given = message.requireString("role");
        String role = ROLES.get(given);
        if (role == null) {
            throw ApiException.invalidValue(
                    message.path("role"),
                    "'%s' is '%s', expected system, developer, user, assistant or tool."
                            .formatted(message.path("role"), given));
        }
        List<ToolCall> toolCalls = toolCalls(message, role);
        Optional<String> content = content(message);
        if (content.isEmpty() && toolCalls.isEmpty() && !role.equals("assistant")) {
            throw message.missing("content");
        }
        return new ChatMessage(
                role,
                content.orElse(""),
                toolCalls,
                message.string("name"),
                message.string("tool_call_id"));
    }

    private static Optional<String> content(JsonFields message) {
        Optional<JsonNode> content = message.node("content");
        if (content.isEmpty() || content.get().isString()) {
            return message.string("content");
        }
        StringBuilder text = new StringBuilder();
        for (JsonFields.Item item : message.array("content", PARTS_MAX)) {
            JsonFields part = message.object(item.node(), item.path());
            String type = part.requireString("type");
            switch (type) {
                case "text" -> text.append(part.requireString("text"));
                case "refusal" -> text.append(part.requireString("refusal"));
                default ->
                        throw ApiException.unsupportedParameter(
                                part.path("type"),
                                "Parts of type '%s' are not offered: this server reads text only."
                                        .formatted(type));
            }
        }
        return Optional.of(text.toString());
    }

    private static List<ToolCall> toolCalls(JsonFields message, String role) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonFields.Item item : message.array("tool_calls", TOOL_CALLS_MAX)) {
            JsonFields call = message.object(item.node(), item.path());
            String type = call.string("type").orElse("function");
            if (!type.equals("function") || !role.equals("assistant")) {
                throw ApiException.unsupportedParameter(
                        item.path(),
                        "Only an assistant's message has tool calls, and only of type 'function'.");
            }
            JsonFields function =
                    call.object("function").orElseThrow(() -> call.missing("function"));
            calls.add(
                    new ToolCall(
                            call.string("id").orElse(""),
                            function.requireString("name"),
                            function.string("arguments").orElse("{}")));
        }
        return calls;
    }
}
