package dev.altiplano.cli.hub;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a model of a hub: {@code owner/repository}, optionally with {@code :variant} (a
 * quantisation such as {@code Q4_K_M}, or a file name) and {@code @revision}.
 */
public record ModelName(
        String owner, String repository, Optional<String> variant, String revision) {
    private static final Pattern SYNTAX =
            Pattern.compile(
                    "(?:hf:)?([\\w][\\w.-]{0,95})/([\\w][\\w.-]{0,95})"
                            + "(?::([\\w][\\w.-]{0,127}))?(?:@([\\w][\\w.-]{0,63}))?");

    /** Throws {@link PullException} if {@code text} is no name. */
    public static ModelName parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new PullException(
                    ("model name '%s': expected '%s' or 'owner/repository[:variant]', such as"
                                    + " 'bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M'.")
                            .formatted(text, DefaultModel.NAME));
        }
        return new ModelName(
                matcher.group(1),
                matcher.group(2),
                Optional.ofNullable(matcher.group(3)),
                matcher.group(4) == null ? "main" : matcher.group(4));
    }

    /**
     * The name of its folder in the store; different for each variant, safe on every file system.
     */
    public String folderName() {
        String tail = variant.map(v -> "--" + v).orElse("");
        return (owner + "--" + repository + tail).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return owner + "/" + repository + variant.map(v -> ":" + v).orElse("");
    }
}
