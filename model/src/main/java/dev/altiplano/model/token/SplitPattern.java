package dev.altiplano.model.token;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ways to split text that we know: each as the regular expressions that define it, the names
 * that GGUF files use for it, and the scanner that does it. Of several expressions each cuts the
 * pieces of the one before it, and what none matches is a piece too.
 */
// The lists are List.of and the splitters have no state, which the check cannot see.
@SuppressWarnings("ImmutableEnumChecker")
enum SplitPattern {
    /** Llama 3 and its kin. */
    LLAMA3(
            new Llama3Splitter(3),
            List.of("llama-bpe", "llama3", "llama-v3"),
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
                    + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),

    /** Llama 4, and GPT-4o. */
    LLAMA4(
            new Llama4Splitter(),
            List.of("llama4", "gpt-4o"),
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
                    + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                    + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
                    + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),

    /** GPT-2, and every {@code ByteLevel} pre-tokenizer of tokenizer.json. */
    GPT2(new Gpt2Splitter(), List.of("gpt-2"), Regex.GPT2),

    /** SmolLM and SmolLM2. */
    SMOLLM(new SmolLmSplitter(), List.of("smollm"), "\\p{N}", Regex.GPT2),

    /** Qwen 2 and 2.5. */
    QWEN2(
            new Llama3Splitter(1),
            List.of("qwen2", "deepseek-r1-qwen"),
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
                    + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),

    /** A GGUF file that does not say. */
    DEFAULT(
            new DefaultSplitter(),
            List.of("default"),
            "[\\p{P}$+<=>^~|]+",
            Regex.GPT2,
            "\\p{N}+",
            "[0-9][0-9][0-9]");

    private final Splitter splitter;
    private final List<String> ggufNames;
    private final List<String> regexes;

    SplitPattern(Splitter splitter, List<String> ggufNames, String... regexes) {
        this.splitter = splitter;
        this.ggufNames = ggufNames;
        this.regexes = List.of(regexes);
    }

    Splitter splitter() {
        return splitter;
    }

    /** The name to write into GGUF files. */
    String ggufName() {
        return ggufNames.getFirst();
    }

    /** The definition, in the syntax of {@link java.util.regex.Pattern}. */
    List<String> regexes() {
        return regexes;
    }

    static Optional<SplitPattern> ofGgufName(String name) {
        return Stream.of(values()).filter(pattern -> pattern.ggufNames.contains(name)).findFirst();
    }

    /** Finds a pattern that is one expression by that expression. */
    static Optional<SplitPattern> ofRegex(String regex) {
        return Stream.of(values())
                .filter(pattern -> pattern.regexes.equals(List.of(regex)))
                .findFirst();
    }

    /** Every name that {@link #ofGgufName} knows, for messages. */
    static String ggufNamesKnown() {
        return Stream.of(values())
                .flatMap(pattern -> pattern.ggufNames.stream())
                .collect(Collectors.joining(", "));
    }

    /** Apart, because an enum's constants cannot name its own fields. */
    private static final class Regex {
        static final String GPT2 =
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    }
}
