package dev.altiplano.model.chat;

import dev.altiplano.model.token.PromptText;

/**
 * Writes conversations the way one family of models was trained on them.
 *
 * <p>What comes from messages, tools and template arguments is untrusted text and can never become
 * a control token; all else is trusted. The prompt is whole: it spells out the begin-of-text token
 * where the format has one, and whoever encodes it adds nothing.
 *
 * <p>Immutable and safe for many threads.
 */
@FunctionalInterface
public interface ChatFormat {
    /**
     * The prompt's text.
     *
     * @throws dev.altiplano.compute.AltiplanoException if the format cannot express the
     *     conversation, such as roles that do not take turns; its message is for the caller
     */
    PromptText render(ChatPrompt prompt);

    /** Where the format comes from, in a few words for people. */
    default String description() {
        return getClass().getSimpleName();
    }
}
