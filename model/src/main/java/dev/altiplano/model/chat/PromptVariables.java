package dev.altiplano.model.chat;

import dev.altiplano.model.jinja.Dict;
import dev.altiplano.model.jinja.JsonValues;
import dev.altiplano.model.jinja.Sequence;
import dev.altiplano.model.jinja.Text;
import dev.altiplano.model.jinja.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A conversation as chat templates see it: the names and shapes that Hugging Face's transformers
 * hands to them. All text of messages, tools and arguments is untrusted, keys included; what this
 * class writes itself is trusted.
 */
final class PromptVariables {
    /**
     * The roles whose names are trusted: some templates build a control token of one, such as
     * {@code <|user|>}. A role that is not among them is a caller's text like any other.
     */
    private static final Set<String> KNOWN_ROLES =
            Set.of("system", "developer", "user", "assistant", "tool", "ipython", "function");

    private PromptVariables() {}

    /** {@code specialTokens} are the tokens that the model names, such as {@code bos_token}. */
    static Map<String, Value> of(ChatPrompt prompt, Map<String, String> specialTokens) {
        Map<String, Value> variables = new LinkedHashMap<>();
        variables.put("documents", Value.NONE);
        JsonText.requireObject("template arguments", prompt.templateArgumentsJson())
                .members()
                .forEach((name, value) -> variables.put(name, JsonValues.untrusted(value)));
        // After the arguments, so that no argument takes the place of a token or a message.
        specialTokens.forEach((name, token) -> variables.put(name, Text.trusted(token)));
        variables.put(
                "messages",
                Sequence.list(prompt.messages().stream().map(PromptVariables::message).toList()));
        variables.put("tools", prompt.tools().isEmpty() ? Value.NONE : tools(prompt.tools()));
        variables.put("add_generation_prompt", Value.of(prompt.addGenerationPrompt()));
        return variables;
    }

    static Text role(String role) {
        return KNOWN_ROLES.contains(role) ? Text.trusted(role) : Text.untrusted(role);
    }

    private static Value message(ChatMessage message) {
        Map<String, Value> members = new LinkedHashMap<>();
        members.put("role", role(message.role()));
        members.put("content", Text.untrusted(message.content()));
        if (!message.toolCalls().isEmpty()) {
            members.put(
                    "tool_calls",
                    Sequence.list(
                            message.toolCalls().stream().map(PromptVariables::call).toList()));
        }
        message.name().ifPresent(name -> members.put("name", Text.untrusted(name)));
        message.toolCallId().ifPresent(id -> members.put("tool_call_id", Text.untrusted(id)));
        return Dict.of(members, true);
    }

    private static Value call(ToolCall call) {
        Map<String, Value> function = new LinkedHashMap<>();
        function.put("name", Text.untrusted(call.name()));
        function.put("arguments", JsonText.objectOrText(call.argumentsJson()));
        Map<String, Value> members = new LinkedHashMap<>();
        if (!call.id().isEmpty()) {
            members.put("id", Text.untrusted(call.id()));
        }
        members.put("type", Text.trusted("function"));
        members.put("function", Dict.of(function, true));
        return Dict.of(members, true);
    }

    private static Value tools(List<ToolDefinition> tools) {
        return Sequence.list(tools.stream().map(PromptVariables::tool).toList());
    }

    /** A tool in OpenAI's form, which templates print as it is. */
    static Value tool(ToolDefinition tool) {
        Map<String, Value> function = new LinkedHashMap<>();
        function.put("name", Text.untrusted(tool.name()));
        if (!tool.description().isEmpty()) {
            function.put("description", Text.untrusted(tool.description()));
        }
        function.put(
                "parameters",
                JsonText.dict(JsonText.requireObject("tool's parameters", tool.parametersJson())));
        Map<String, Value> members = new LinkedHashMap<>();
        members.put("type", Text.trusted("function"));
        members.put("function", Dict.of(function, true));
        return Dict.of(members, true);
    }
}
