package dev.altiplano.model.chat;

import java.util.List;
import java.util.Optional;

/**
 * One turn of a conversation.
 *
 * @param role who speaks: {@code system}, {@code user}, {@code assistant}, {@code tool} or a name
 *     that the model's template knows
 * @param content what was said; empty where an assistant only called tools
 * @param toolCalls what an assistant asked tools to do, in order
 * @param name who or which tool speaks, where the caller says so
 * @param toolCallId the call that a tool's message answers
 */
public record ChatMessage(
        String role,
        String content,
        List<ToolCall> toolCalls,
        Optional<String> name,
        Optional<String> toolCallId) {

    /** Throws {@link IllegalArgumentException} if the role is blank. */
    public ChatMessage {
        if (role.isBlank()) {
            throw new IllegalArgumentException("expected a message's role, found none");
        }
        toolCalls = List.copyOf(toolCalls);
    }

    public static ChatMessage system(String content) {
        return plain("system", content);
    }

    public static ChatMessage user(String content) {
        return plain("user", content);
    }

    public static ChatMessage assistant(String content) {
        return plain("assistant", content);
    }

    /** An assistant's turn that calls tools, with or without words before the calls. */
    public static ChatMessage assistant(String content, List<ToolCall> toolCalls) {
        return new ChatMessage("assistant", content, toolCalls, Optional.empty(), Optional.empty());
    }

    /** What the tool {@code name} answered to the call {@code toolCallId}. */
    public static ChatMessage tool(String name, String toolCallId, String content) {
        return new ChatMessage(
                "tool", content, List.of(), Optional.of(name), Optional.of(toolCallId));
    }

    /** A turn of any role that holds nothing but text. */
    public static ChatMessage plain(String role, String content) {
        return new ChatMessage(role, content, List.of(), Optional.empty(), Optional.empty());
    }
}
