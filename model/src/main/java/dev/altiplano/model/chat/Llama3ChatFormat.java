package dev.altiplano.model.chat;

import dev.altiplano.model.jinja.ChatTemplateException;
import dev.altiplano.model.json.Json;
import dev.altiplano.model.token.PromptText;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Llama 3, 3.1, 3.2 and 3.3: a header with the role, the text, {@code <|eot_id|>}. From 3.1 on the
 * system message names dates, tools are offered in JSON and one call is made at a time.
 */
final class Llama3ChatFormat implements ChatFormat {
    /** What the templates of the versions differ in. */
    enum Version {
        /** No dates, no tools. */
        LLAMA_3("Llama 3"),
        /** Also 3.3: a fixed date unless one is given, built-in tools. */
        LLAMA_3_1("Llama 3.1"),
        /** The date of the day, no built-in tools. */
        LLAMA_3_2("Llama 3.2");

        private final String label;

        Version(String label) {
            this.label = label;
        }
    }

    private static final String FIXED_DATE = "26 Jul 2024";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.ENGLISH);

    private final Version version;
    private final Clock clock;

    Llama3ChatFormat(Version version, Clock clock) {
        this.version = version;
        this.clock = clock;
    }

    @Override
    public PromptText render(ChatPrompt prompt) {
        PromptWriter writer =
                new PromptWriter("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>");
        writer.ours("<|begin_of_text|>");
        if (version == Version.LLAMA_3) {
            prompt.messages().forEach(message -> plain(writer, message));
        } else {
            conversation(writer, prompt);
        }
        if (prompt.addGenerationPrompt()) {
            writer.header("assistant");
        }
        return writer.build();
    }

    private static void plain(PromptWriter writer, ChatMessage message) {
        writer.header(message.role()).stripped(message.content()).end();
    }

    private void conversation(PromptWriter writer, ChatPrompt prompt) {
        LlamaArguments arguments = LlamaArguments.of(prompt);
        Optional<List<String>> builtIn =
                version == Version.LLAMA_3_1 ? arguments.builtInTools() : Optional.empty();
        List<ChatMessage> turns = new ArrayList<>(prompt.messages());
        String system =
                turns.getFirst().role().equals("system") ? turns.removeFirst().content() : "";
        boolean hasTools = !prompt.tools().isEmpty();

        writer.header("system");
        if (hasTools || builtIn.isPresent()) {
            writer.ours("Environment: ipython\n");
        }
        builtIn.ifPresent(names -> builtInTools(writer, names));
        writer.ours("Cutting Knowledge Date: December 2023\nToday Date: ");
        arguments.date().ifPresentOrElse(writer::theirs, () -> writer.ours(today()));
        writer.ours("\n\n");
        if (hasTools && !arguments.toolsInUserMessage()) {
            writer.toolsForSystem(prompt.tools());
        }
        writer.stripped(system).end();
        if (hasTools && arguments.toolsInUserMessage()) {
            LlamaArguments.requireFirstTurn(turns);
            writer.header("user").toolsForUser(prompt.tools());
            writer.stripped(turns.removeFirst().content()).end();
        }
        turns.forEach(turn -> turn(writer, turn, builtIn));
    }

    private String today() {
        return version == Version.LLAMA_3_2 ? DATE.format(LocalDate.now(clock)) : FIXED_DATE;
    }

    private static void builtInTools(PromptWriter writer, List<String> names) {
        List<String> named =
                names.stream().filter(name -> !name.equals("code_interpreter")).toList();
        writer.ours("Tools: ").theirs(String.join(", ", named)).ours("\n\n");
    }

    private static void turn(
            PromptWriter writer, ChatMessage turn, Optional<List<String>> builtIn) {
        if (!turn.toolCalls().isEmpty()) {
            call(writer, turn, builtIn);
        } else if (turn.role().equals("tool") || turn.role().equals("ipython")) {
            writer.result(turn);
        } else {
            plain(writer, turn);
        }
    }

    private static void call(
            PromptWriter writer, ChatMessage turn, Optional<List<String>> builtIn) {
        if (turn.toolCalls().size() != 1) {
            throw ChatTemplateException.refused(
                    "This model only supports single tool-calls at once!");
        }
        ToolCall call = turn.toolCalls().getFirst();
        writer.header("assistant");
        if (builtIn.isPresent() && builtIn.get().contains(call.name())) {
            builtInCall(writer, call);
        } else {
            writer.call(call);
        }
        // The model is not done: it waits for what its environment answers.
        writer.ours(builtIn.isPresent() ? "<|eom_id|>" : "<|eot_id|>");
    }

    private static void builtInCall(PromptWriter writer, ToolCall call) {
        writer.ours("<|python_tag|>").theirs(call.name()).ours(".call(");
        String separator = "";
        for (Map.Entry<String, Json> argument : arguments(call).members().entrySet()) {
            if (!(argument.getValue() instanceof Json.Str value)) {
                throw ChatTemplateException.refused(
                        "The arguments of a built-in tool must be strings.");
            }
            writer.ours(separator).theirs(argument.getKey()).ours("=\"");
            writer.theirs(value.value()).ours("\"");
            separator = ", ";
        }
        writer.ours(")");
    }

    private static Json.Obj arguments(ToolCall call) {
        try {
            return JsonText.requireObject("arguments", call.argumentsJson());
        } catch (IllegalArgumentException noObject) {
            throw ChatTemplateException.refused(
                    "The arguments of a built-in tool must be a JSON object.");
        }
    }

    @Override
    public String description() {
        return version.label + ", written by hand";
    }
}
