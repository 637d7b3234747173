package dev.altiplano.model.chat;

import dev.altiplano.model.jinja.JsonPrinter;
import dev.altiplano.model.jinja.Text;
import dev.altiplano.model.token.PromptText;
import java.util.List;

/** Writes prompts in the dialect that Llama 3 and 4 share: a header, the text, an end token. */
final class PromptWriter {
    private static final int SCHEMA_INDENT = 4;

    private final PromptText.Builder prompt = PromptText.builder();
    private final String headerStart;
    private final String headerEnd;
    private final String end;

    PromptWriter(String headerStart, String headerEnd, String end) {
        this.headerStart = headerStart;
        this.headerEnd = headerEnd;
        this.end = end;
    }

    PromptWriter header(String role) {
        return ours(headerStart).text(PromptVariables.role(role)).ours(headerEnd).ours("\n\n");
    }

    /** Ends a turn. */
    PromptWriter end() {
        return ours(end);
    }

    /** Text of the format itself, in which control tokens count. */
    PromptWriter ours(String text) {
        prompt.trusted(text);
        return this;
    }

    /** Text of the conversation, in which they do not. */
    PromptWriter theirs(String text) {
        prompt.untrusted(text);
        return this;
    }

    PromptWriter text(Text text) {
        prompt.append(JinjaChatFormat.prompt(text));
        return this;
    }

    /** The text without whitespace at its ends. */
    PromptWriter stripped(String text) {
        return text(Text.untrusted(text).strip());
    }

    /** Tools in the system message. */
    PromptWriter toolsForSystem(List<ToolDefinition> tools) {
        return ours("You have access to the following functions. ")
                .ours("To call a function, please respond with JSON for a function call.")
                .schemas(tools);
    }

    /** Tools in the first user message. */
    PromptWriter toolsForUser(List<ToolDefinition> tools) {
        return ours("Given the following functions, please respond with a JSON ")
                .ours("for a function call with its proper arguments ")
                .ours("that best answers the given prompt.\n\n")
                .schemas(tools);
    }

    private PromptWriter schemas(List<ToolDefinition> tools) {
        ours("Respond in the format {\"name\": function name, ");
        ours("\"parameters\": dictionary of argument name and its value}.");
        ours("Do not use variables.\n\n");
        for (ToolDefinition tool : tools) {
            text(JsonPrinter.print(PromptVariables.tool(tool), SCHEMA_INDENT)).ours("\n\n");
        }
        return this;
    }

    /** A call in JSON. */
    PromptWriter call(ToolCall call) {
        return ours("{\"name\": \"")
                .theirs(call.name())
                .ours("\", \"parameters\": ")
                .text(JsonPrinter.print(JsonText.objectOrText(call.argumentsJson())))
                .ours("}");
    }

    /** A tool's answer, as a JSON string. */
    PromptWriter result(ChatMessage message) {
        return header("ipython").text(JsonPrinter.print(Text.untrusted(message.content()))).end();
    }

    PromptText build() {
        return prompt.build();
    }
}
