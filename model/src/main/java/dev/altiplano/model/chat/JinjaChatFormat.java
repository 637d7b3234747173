package dev.altiplano.model.chat;

import dev.altiplano.model.jinja.Template;
import dev.altiplano.model.jinja.Text;
import dev.altiplano.model.token.PromptText;
import java.time.Clock;
import java.util.Map;

/** The chat template that a model brings along, run by our own Jinja. */
public final class JinjaChatFormat implements ChatFormat {
    private final String name;
    private final Template template;
    private final Map<String, String> specialTokens;
    private final Clock clock;

    /**
     * A format that runs {@code source}.
     *
     * @param name what the model calls the template, such as {@code default}
     * @param specialTokens the tokens that the template may print, such as {@code bos_token}
     * @throws dev.altiplano.model.jinja.ChatTemplateException if the template cannot be read
     */
    public JinjaChatFormat(
            String name, String source, Map<String, String> specialTokens, Clock clock) {
        this.name = name;
        this.template = Template.parse(source);
        this.specialTokens = Map.copyOf(specialTokens);
        this.clock = clock;
    }

    @Override
    public PromptText render(ChatPrompt prompt) {
        return prompt(template.render(PromptVariables.of(prompt, specialTokens), clock));
    }

    static PromptText prompt(Text text) {
        PromptText.Builder builder = PromptText.builder();
        for (Text.Run run : text.runs()) {
            if (run.isTrusted()) {
                builder.trusted(run.chars());
            } else {
                builder.untrusted(run.chars());
            }
        }
        return builder.build();
    }

    @Override
    public String description() {
        return "the model's chat template '%s'".formatted(name);
    }
}
