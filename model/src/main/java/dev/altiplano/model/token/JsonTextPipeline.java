package dev.altiplano.model.token;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.json.JsonAt;
import dev.altiplano.model.token.TextForm.SpacePrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@code normalizer} and {@code pre_tokenizer} of a {@code tokenizer.json} do to text, as far
 * as Llama's kin use them.
 *
 * @param pattern how text is split; empty where it is not, as in SentencePiece
 */
record JsonTextPipeline(Spelling spelling, TextForm form, Optional<SplitPattern> pattern) {
    private static final String SPACE_SYMBOL = String.valueOf(TextForm.SPACE_SYMBOL);
    private static final String SUPPORTED =
            "ByteLevel, Split before ByteLevel, Digits before ByteLevel, Metaspace, or none";

    /** Throws {@link ModelFormatException} for a step that we do not know, and names it. */
    static JsonTextPipeline read(JsonAt root) {
        List<JsonAt> steps = steps(root, "pre_tokenizer", "pretokenizers");
        TextForm form = normalizers(root);
        return switch (steps.stream()
                .map(JsonTextPipeline::type)
                .collect(Collectors.joining(" "))) {
            case "ByteLevel" -> byteLevel(form, splitOf(steps.get(0), true, SplitPattern.GPT2));
            case "Split ByteLevel" ->
                    byteLevel(form, splitOf(steps.get(1), false, regexOf(steps.get(0))));
            case "Digits ByteLevel" -> {
                requireBool(steps.get(0), "individual_digits", true);
                yield byteLevel(form, splitOf(steps.get(1), true, SplitPattern.SMOLLM));
            }
            case "Metaspace" -> sentencePiece(root, metaspace(steps.get(0), form));
            case "" -> sentencePiece(root, form);
            default -> throw unknownSteps(root, steps);
        };
    }

    private static ModelFormatException unknownSteps(JsonAt root, List<JsonAt> steps) {
        return new ModelFormatException(
                "%s, pre_tokenizer: expected %s, found %s. Convert the model to GGUF."
                        .formatted(
                                root.file(),
                                SUPPORTED,
                                steps.stream()
                                        .map(JsonTextPipeline::type)
                                        .collect(Collectors.joining(", "))));
    }

    /** The steps under {@code key}, with those of a Sequence laid out flat. */
    private static List<JsonAt> steps(JsonAt root, String key, String listKey) {
        List<JsonAt> steps = new ArrayList<>();
        root.find(key).ifPresent(step -> flatten(step, listKey, steps));
        return steps;
    }

    private static void flatten(JsonAt step, String listKey, List<JsonAt> steps) {
        if (type(step).equals("Sequence")) {
            step.require(listKey).items().forEach(inner -> flatten(inner, listKey, steps));
        } else {
            steps.add(step);
        }
    }

    private static String type(JsonAt step) {
        return step.require("type").string();
    }

    private static TextForm normalizers(JsonAt root) {
        TextForm form = TextForm.PLAIN;
        for (JsonAt step : steps(root, "normalizer", "normalizers")) {
            form =
                    switch (type(step)) {
                        case "NFC" -> new TextForm(true, form.spacePrefix(), form.spaceSymbol());
                        case "Prepend" -> {
                            requireString(step.require("prepend"), SPACE_SYMBOL);
                            yield new TextForm(
                                    form.composed(),
                                    SpacePrefix.AT_EVERY_SECTION,
                                    form.spaceSymbol());
                        }
                        case "Replace" -> {
                            requireString(step.require("pattern").require("String"), " ");
                            requireString(step.require("content"), SPACE_SYMBOL);
                            yield new TextForm(form.composed(), form.spacePrefix(), true);
                        }
                        default -> throw step.require("type").expected("NFC, Prepend or Replace");
                    };
        }
        return form;
    }

    private static JsonTextPipeline byteLevel(TextForm form, SplitPattern pattern) {
        return new JsonTextPipeline(Spelling.BYTE_LEVEL, form, Optional.of(pattern));
    }

    /** {@code pattern}, once the ByteLevel step is seen to do what goes with it. */
    private static SplitPattern splitOf(JsonAt byteLevel, boolean splits, SplitPattern pattern) {
        requireBool(byteLevel, "add_prefix_space", false);
        boolean usesRegex = byteLevel.find("use_regex").map(JsonAt::bool).orElse(true);
        if (usesRegex != splits) {
            throw byteLevel.require("use_regex").expected(String.valueOf(splits));
        }
        return pattern;
    }

    private static SplitPattern regexOf(JsonAt split) {
        // Two ways to say the same, as every one of our patterns matches all of a text.
        boolean inverts = split.find("invert").map(JsonAt::bool).orElse(false);
        requireString(split.require("behavior"), inverts ? "Removed" : "Isolated");
        JsonAt regex = split.require("pattern").require("Regex");
        return SplitPattern.ofRegex(regex.string())
                .orElseThrow(
                        () -> regex.expected("the pattern of Llama 3, Llama 4, GPT-2 or Qwen 2"));
    }

    private static TextForm metaspace(JsonAt step, TextForm form) {
        requireString(step.require("replacement"), SPACE_SYMBOL);
        requireBool(step, "split", false);
        boolean adds = step.find("add_prefix_space").map(JsonAt::bool).orElse(true);
        String scheme =
                step.find("prepend_scheme").map(JsonAt::string).orElse(adds ? "always" : "never");
        SpacePrefix prefix =
                switch (scheme) {
                    case "always" -> SpacePrefix.AT_EVERY_SECTION;
                    case "first" -> SpacePrefix.AT_START;
                    case "never" -> SpacePrefix.NEVER;
                    default ->
                            throw step.require("prepend_scheme").expected("always, first or never");
                };
        return new TextForm(form.composed(), prefix, true);
    }

    private static JsonTextPipeline sentencePiece(JsonAt root, TextForm form) {
        if (!form.spaceSymbol()) {
            throw new ModelFormatException(
                    "%s: expected a normalizer or pre_tokenizer that replaces spaces, found neither. Convert the model to GGUF."
                            .formatted(root.file()));
        }
        return new JsonTextPipeline(Spelling.SENTENCE_PIECE, form, Optional.empty());
    }

    private static void requireString(JsonAt value, String expected) {
        if (!value.string().equals(expected)) {
            throw value.expected("\"" + expected + "\"");
        }
    }

    private static void requireBool(JsonAt step, String key, boolean expected) {
        JsonAt value = step.require(key);
        if (value.bool() != expected) {
            throw value.expected(String.valueOf(expected));
        }
    }
}
