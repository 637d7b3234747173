package dev.altiplano.model.chat;

import dev.altiplano.model.jinja.ChatTemplateException;
import dev.altiplano.model.token.PromptText;
import java.util.Optional;

/**
 * Stands in for a template that is not Jinja as we know it: the family's format, or the failure.
 */
final class UnreadableTemplate implements ChatFormat {
    private final ChatTemplateException failure;
    private final Optional<ChatFormat> fallback;

    UnreadableTemplate(ChatTemplateException failure, Optional<ChatFormat> fallback) {
        this.failure = failure;
        this.fallback = fallback;
    }

    @Override
    public PromptText render(ChatPrompt prompt) {
        return fallback.orElseThrow(() -> failure).render(prompt);
    }

    @Override
    public String description() {
        String instead = fallback.map(ChatFormat::description).orElse("no chat format");
        return "%s, because the model's own cannot be read (%s)"
                .formatted(instead, failure.getMessage());
    }
}
