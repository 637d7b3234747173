package dev.altiplano.model.chat;

import dev.altiplano.model.jinja.ChatTemplateException;
import dev.altiplano.model.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * The template arguments that Llama's formats know.
 *
 * @param date what {@code date_string} says in place of today
 * @param toolsInUserMessage whether tools stand in the first user message rather than the system's
 * @param builtInTools the names of {@code builtin_tools}
 */
record LlamaArguments(
        Optional<String> date, boolean toolsInUserMessage, Optional<List<String>> builtInTools) {

    static LlamaArguments of(ChatPrompt prompt) {
        Json.Obj given =
                JsonText.requireObject("template arguments", prompt.templateArgumentsJson());
        return new LlamaArguments(
                given.find("date_string").map(value -> string("date_string", value)),
                given.find("tools_in_user_message")
                        .map(value -> bool("tools_in_user_message", value))
                        .orElse(true),
                given.find("builtin_tools").map(LlamaArguments::names));
    }

    private static String string(String name, Json value) {
        if (value instanceof Json.Str string) {
            return string.value();
        }
        throw wrong(name, "a string");
    }

    private static boolean bool(String name, Json value) {
        if (value instanceof Json.Bool bool) {
            return bool.value();
        }
        throw wrong(name, "true or false");
    }

    private static List<String> names(Json value) {
        if (value instanceof Json.Arr array) {
            return array.items().stream().map(item -> string("builtin_tools", item)).toList();
        }
        throw wrong("builtin_tools", "a list of names");
    }

    private static ChatTemplateException wrong(String name, String expected) {
        return ChatTemplateException.refused(
                "The template argument '%s' must be %s.".formatted(name, expected));
    }

    static void requireFirstTurn(List<ChatMessage> turns) {
        if (turns.isEmpty()) {
            throw ChatTemplateException.refused(
                    "Cannot put tools in the first user message when there's no first user"
                            + " message!");
        }
    }
}
