package dev.altiplano.server.api;

import dev.altiplano.model.chat.ChatMessage;
import dev.altiplano.model.chat.ChatPrompt;
import dev.altiplano.model.chat.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call to {@code /v1/chat/completions}.
 *
 * @param logprobs whether to report log-probabilities
 * @param topLogprobs how many alternatives to report at each position
 * @param ignored members that have no effect here
 */
record ChatRequest(
        String model,
        ChatPrompt prompt,
        GenerationFields generation,
        boolean logprobs,
        int topLogprobs,
        List<String> ignored) {
    static final int MESSAGES_MAX = 2048;
    static final int TOOLS_MAX = 128;
    static final int TOP_LOGPROBS_MAX = 20;

    /** Members that would change the answer if they were obeyed, but are not offered. */
    private static final List<String> UNSUPPORTED =
            List.of(
                    "functions",
                    "function_call",
                    "audio",
                    "web_search_options",
                    "continue_final_message");

    static ChatRequest read(JsonFields fields, int vocabSize) {
        String model = fields.requireString("model");
        UNSUPPORTED.forEach(name -> GenerationFields.refuse(fields, name));
        refuseModalities(fields);
        boolean offersTools = takesToolChoice(fields);
        List<ToolDefinition> tools = tools(fields);
        int topLogprobs = fields.integer("top_logprobs", 0, TOP_LOGPROBS_MAX).orElse(0);
        boolean logprobs = fields.bool("logprobs");
        if (topLogprobs > 0 && !logprobs) {
            throw ApiException.invalidValue(
                    "top_logprobs", "'top_logprobs' needs \"logprobs\": true. Add it.");
        }
        return new ChatRequest(
                model,
                new ChatPrompt(
                        messages(fields),
                        offersTools ? tools : List.of(),
                        true,
                        templateArguments(fields)),
                GenerationFields.read(fields, vocabSize, 1),
                logprobs,
                topLogprobs,
                fields.ignored());
    }

    private static List<ChatMessage> messages(JsonFields fields) {
        JsonNode array = fields.node("messages").orElseThrow(() -> fields.missing("messages"));
        List<ChatMessage> messages = new ArrayList<>();
        for (JsonFields.Item item : fields.items(array, "messages", MESSAGES_MAX)) {
            messages.add(ChatMessageFields.read(fields.object(item.node(), item.path())));
        }
        if (messages.isEmpty()) {
            throw ApiException.invalidValue(
                    "messages", "'messages' is empty. Give at least one message.");
        }
        return messages;
    }

    private static List<ToolDefinition> tools(JsonFields fields) {
        List<ToolDefinition> tools = new ArrayList<>();
        for (JsonFields.Item item : fields.array("tools", TOOLS_MAX)) {
            JsonFields tool = fields.object(item.node(), item.path());
            String type = tool.requireString("type");
            if (!type.equals("function")) {
                throw ApiException.unsupportedParameter(
                        tool.path("type"),
                        "Tools of type '%s' are not offered. Use 'function'.".formatted(type));
            }
            JsonFields function =
                    tool.object("function").orElseThrow(() -> tool.missing("function"));
            String name = function.requireString("name");
            if (name.isBlank()) {
                throw ApiException.invalidValue(
                        function.path("name"), "A tool's name is empty. Give it one.");
            }
            tools.add(
                    new ToolDefinition(
                            name, function.string("description").orElse(""), schema(function)));
        }
        return tools;
    }

    private static String schema(JsonFields function) {
        Optional<JsonNode> parameters = function.node("parameters");
        if (parameters.isEmpty()) {
            return "{\"type\":\"object\",\"properties\":{}}";
        }
        if (!(parameters.get() instanceof ObjectNode)) {
            throw JsonFields.wrongType(function.path("parameters"), "an object", parameters.get());
        }
        return parameters.get().toString();
    }

    /** Whether the model shall see the tools; a choice that must be enforced is refused. */
    private static boolean takesToolChoice(JsonFields fields) {
        Optional<JsonNode> choice = fields.node("tool_choice");
        String name = choice.filter(JsonNode::isString).map(JsonNode::stringValue).orElse("");
        if (choice.isEmpty() || name.equals("auto")) {
            return true;
        }
        if (name.equals("none")) {
            return false;
        }
        throw ApiException.unsupportedParameter(
                "tool_choice",
                "This server cannot force a tool call. Use 'auto' or 'none' as 'tool_choice'.");
    }

    private static void refuseModalities(JsonFields fields) {
        for (JsonFields.Item item : fields.array("modalities", 4)) {
            if (!JsonFields.string(item.node(), item.path()).equals("text")) {
                throw ApiException.unsupportedParameter(
                        "modalities", "This server answers with text only. Ask for [\"text\"].");
            }
        }
    }

    private static String templateArguments(JsonFields fields) {
        Optional<JsonNode> arguments = fields.node("chat_template_kwargs");
        if (arguments.isEmpty()) {
            return "{}";
        }
        if (!(arguments.get() instanceof ObjectNode)) {
            throw JsonFields.wrongType("chat_template_kwargs", "an object", arguments.get());
        }
        return arguments.get().toString();
    }
}
