package dev.altiplano.model.chat;

import dev.altiplano.model.jinja.ChatTemplateException;
import dev.altiplano.model.token.PromptText;
import java.util.Map;

/** Several templates of one model, chosen by what a prompt holds. */
final class NamedTemplates implements ChatFormat {
    private static final String DEFAULT = "default";
    private static final String TOOL_USE = "tool_use";

    private final Map<String, ChatFormat> templates;

    NamedTemplates(Map<String, ChatFormat> templates) {
        this.templates = Map.copyOf(templates);
    }

    @Override
    public PromptText render(ChatPrompt prompt) {
        boolean wantsTools = !prompt.tools().isEmpty() && templates.containsKey(TOOL_USE);
        ChatFormat template = templates.get(wantsTools ? TOOL_USE : DEFAULT);
        if (template == null) {
            throw ChatTemplateException.refused(
                    "expected a template named '%s', found %s. Convert the model again."
                            .formatted(DEFAULT, templates.keySet()));
        }
        return template.render(prompt);
    }

    @Override
    public String description() {
        return "the model's chat templates %s"
                .formatted(templates.keySet().stream().sorted().toList());
    }
}
