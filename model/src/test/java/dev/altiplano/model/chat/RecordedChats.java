package dev.altiplano.model.chat;

import dev.altiplano.model.jinja.ChatTemplateException;
import dev.altiplano.model.jinja.Recorded;
import dev.altiplano.model.json.Json;
import dev.altiplano.model.token.PromptText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The recorded conversations, templates and outputs; see the README beside them. */
final class RecordedChats {
    static final List<String> TEMPLATES =
            List.of(
                    "gpt-oss",
                    "llama-2",
                    "llama-3",
                    "llama-3.1",
                    "llama-3.2",
                    "llama-4",
                    "mistral-7b-v0.1",
                    "mistral-7b-v0.2",
                    "mistral-7b-v0.3",
                    "mistral-nemo",
                    "qwen2.5",
                    "qwen3",
                    "smollm2",
                    "smollm3",
                    "tinyllama");

    /** One rendering that jinja2 did. */
    record Rendering(String conversation, ChatPrompt prompt, String expected) {
        /** What {@code format} makes of it, named as {@link #expected} is. */
        String outcome(ChatFormat format) {
            try {
                PromptText text = format.render(prompt);
                return "output: " + text.text();
            } catch (ChatTemplateException failure) {
                return Recorded.outcome(failure);
            }
        }

        String difference(ChatFormat format) {
            return "%s, generation prompt %s%n  expected %s%n  found    %s"
                    .formatted(
                            conversation, prompt.addGenerationPrompt(), expected, outcome(format));
        }
    }

    private RecordedChats() {}

    static List<Rendering> renderings(String template) {
        Map<String, ChatPrompt> prompts = prompts();
        return Recorded.objects(Recorded.json("templates/" + template + ".json"), "cases").stream()
                .map(recorded -> rendering(recorded, prompts))
                .toList();
    }

    private static Rendering rendering(Json.Obj recorded, Map<String, ChatPrompt> prompts) {
        String name = Recorded.string(recorded, "conversation");
        ChatPrompt prompt = Optional.ofNullable(prompts.get(name)).orElseThrow();
        boolean isAsked =
                recorded.find("add_generation_prompt").orElseThrow().equals(new Json.Bool(true));
        return new Rendering(
                name,
                isAsked ? prompt : prompt.withoutGenerationPrompt(),
                Recorded.expected(recorded));
    }

    static JinjaChatFormat format(String template) {
        Json.Obj recorded = Recorded.json("templates/" + template + ".json");
        return new JinjaChatFormat(
                template,
                source(template),
                Map.of(
                        "bos_token", Recorded.string(recorded, "bos_token"),
                        "eos_token", Recorded.string(recorded, "eos_token")),
                Recorded.CLOCK);
    }

    static String source(String template) {
        return new String(
                Recorded.bytes("templates/" + template + ".jinja"), StandardCharsets.UTF_8);
    }

    /** The conversations by name. */
    static Map<String, ChatPrompt> prompts() {
        Map<String, ChatPrompt> prompts = new LinkedHashMap<>();
        for (Json.Obj each :
                Recorded.objects(Recorded.json("conversations.json"), "conversations")) {
            ChatPrompt prompt =
                    ChatPrompt.of(
                                    Recorded.objects(each, "messages").stream()
                                            .map(RecordedChats::message)
                                            .toList())
                            .withTools(
                                    list(each, "tools").stream().map(RecordedChats::tool).toList())
                            .withTemplateArguments(
                                    each.find("arguments").map(Json::toString).orElse("{}"));
            prompts.put(Recorded.string(each, "name"), prompt);
        }
        return prompts;
    }

    private static List<Json.Obj> list(Json.Obj object, String key) {
        return object.find(key).isPresent() ? Recorded.objects(object, key) : List.of();
    }

    private static ChatMessage message(Json.Obj message) {
        return new ChatMessage(
                Recorded.string(message, "role"),
                Recorded.string(message, "content"),
                list(message, "calls").stream()
                        .map(
                                call ->
                                        new ToolCall(
                                                Recorded.string(call, "id"),
                                                Recorded.string(call, "name"),
                                                Recorded.string(call, "arguments")))
                        .toList(),
                message.find("name").map(_ -> Recorded.string(message, "name")),
                message.find("call_id").map(_ -> Recorded.string(message, "call_id")));
    }

    private static ToolDefinition tool(Json.Obj tool) {
        return new ToolDefinition(
                Recorded.string(tool, "name"),
                Recorded.string(tool, "description"),
                Recorded.string(tool, "parameters"));
    }
}
