package dev.altiplano.model.chat;

import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.ModelFile;
import dev.altiplano.model.file.SafetensorsFile;
import dev.altiplano.model.file.SafetensorsFolder;
import dev.altiplano.model.jinja.ChatTemplateException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses a model's chat format.
 *
 * <p>A template that the model brings along comes first, because it says how this very model was
 * trained; fine-tuned models often differ from the family they descend from. Where a model has
 * several, {@code tool_use} serves prompts with tools and {@code default} all others. Without a
 * template, or with one that cannot be read, the family decides: Llama 2, 3, 3.1, 3.2 and 4 are
 * written by hand. A model that is none of these and has no template has no chat format.
 */
public final class ChatFormats {
    private ChatFormats() {}

    /**
     * The format for the model in {@code file}, which must stay open during this call only.
     *
     * @param clock answers templates that ask for today's date
     * @throws dev.altiplano.compute.ModelFormatException if the model's files contradict their
     *     format
     */
    public static Optional<ChatFormat> forModel(ModelFile file, Clock clock) {
        return switch (file) {
            case GgufFile gguf -> choose(ChatSource.of(gguf), clock);
            case SafetensorsFolder folder -> choose(ChatSource.of(folder), clock);
            case SafetensorsFile _ -> Optional.empty();
        };
    }

    static Optional<ChatFormat> choose(ChatSource source, Clock clock) {
        Optional<ChatFormat> byHand = source.family().map(family -> family.format(clock));
        Map<String, ChatFormat> templates = new LinkedHashMap<>();
        source.templates()
                .forEach(
                        (name, text) ->
                                templates.put(name, template(source, name, text, byHand, clock)));
        if (templates.isEmpty()) {
            return byHand;
        }
        return Optional.of(
                templates.size() == 1
                        ? templates.values().iterator().next()
                        : new NamedTemplates(templates));
    }

    private static ChatFormat template(
            ChatSource source, String name, String text, Optional<ChatFormat> byHand, Clock clock) {
        try {
            return new JinjaChatFormat(name, text, source.specialTokens(), clock);
        } catch (ChatTemplateException unreadable) {
            // The model is still good for plain text, so opening it must not fail.
            return new UnreadableTemplate(unreadable, byHand);
        }
    }
}
