package dev.altiplano.model.jinja;

/**
 * What a template may use up before it is stopped with {@link ChatTemplateException.Reason#LIMIT}.
 *
 * @param templateChars the longest template that is read
 * @param nesting how deep statements, expressions, macro calls and values may nest
 * @param steps operations of one rendering; long texts and lists count several
 * @param textChars the longest text, the output included
 */
public record TemplateLimits(int templateChars, int nesting, long steps, int textChars) {

    /** Far above what published templates need, far below what would be felt. */
    public static final TemplateLimits DEFAULT =
            new TemplateLimits(512 * 1024, 100, 20_000_000, 32 * 1024 * 1024);

    /** Throws {@link IllegalArgumentException} unless all are positive. */
    public TemplateLimits {
        if (templateChars < 1 || nesting < 1 || steps < 1 || textChars < 1) {
            throw new IllegalArgumentException(
                    "expected positive limits, found %d template chars, nesting %d, %d steps, %d text chars"
                            .formatted(templateChars, nesting, steps, textChars));
        }
    }
}
