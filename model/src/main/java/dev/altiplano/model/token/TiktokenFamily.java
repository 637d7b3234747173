package dev.altiplano.model.token;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Models that ship their vocabulary as a tiktoken file, which holds neither the split pattern nor
 * the special tokens: both belong to the family. Source: the tokenizers of Meta's llama-models.
 */
public enum TiktokenFamily {
    /** Llama 3 to 3.3: 256 special tokens. */
    LLAMA3(SplitPattern.LLAMA3, List.of("<|end_of_text|>", "<|eom_id|>", "<|eot_id|>")) {
        @Override
        List<String> specialTexts() {
            return fill(
                    256,
                    List.of(
                            "<|begin_of_text|>",
                            "<|end_of_text|>",
                            "<|reserved_special_token_0|>",
                            "<|reserved_special_token_1|>",
                            "<|finetune_right_pad_id|>",
                            "<|step_id|>",
                            "<|start_header_id|>",
                            "<|end_header_id|>",
                            "<|eom_id|>",
                            "<|eot_id|>",
                            "<|python_tag|>",
                            "<|image|>"),
                    2);
        }
    },

    /** Llama 4: 2,048 special tokens in blocks, each with places kept free. */
    LLAMA4(SplitPattern.LLAMA4, List.of("<|end_of_text|>", "<|eom|>", "<|eot|>")) {
        @Override
        List<String> specialTexts() {
            List<String> texts =
                    new ArrayList<>(
                            List.of(
                                    "<|begin_of_text|>",
                                    "<|end_of_text|>",
                                    "<|fim_prefix|>",
                                    "<|fim_middle|>",
                                    "<|fim_suffix|>",
                                    "<|header_start|>",
                                    "<|header_end|>",
                                    "<|eom|>",
                                    "<|eot|>",
                                    "<|step|>"));
            texts.addAll(reserved("text_post_train_", 0, 6));
            texts.addAll(List.of("<|python_start|>", "<|python_end|>", "<|finetune_right_pad|>"));
            texts.addAll(reserved("text_post_train_", 8, 69));
            texts.addAll(List.of("<|image_start|>", "<|image_end|>"));
            texts.addAll(reserved("vision_", 0, 2));
            texts.addAll(List.of("<|tile_x_separator|>", "<|tile_y_separator|>"));
            texts.addAll(reserved("vision_", 2, 6));
            texts.add("<|image|>");
            texts.addAll(reserved("vision_", 6, 7));
            texts.add("<|patch|>");
            texts.addAll(reserved("vision_", 7, 1048));
            texts.addAll(reserved("reasoning_", 0, 8));
            texts.addAll(List.of("<|reasoning_thinking_start|>", "<|reasoning_thinking_end|>"));
            return fill(2048, texts, 0);
        }
    };

    static final String BOS = "<|begin_of_text|>";

    private final SplitPattern pattern;

    // List.of, which the check cannot see.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> stopTexts;

    TiktokenFamily(SplitPattern pattern, List<String> stopTexts) {
        this.pattern = pattern;
        this.stopTexts = stopTexts;
    }

    SplitPattern pattern() {
        return pattern;
    }

    List<String> stopTexts() {
        return stopTexts;
    }

    /** The special tokens in the order of their ids, which follow those of the file. */
    abstract List<String> specialTexts();

    /** Reserved tokens {@code from} up to, but not with, {@code to}. */
    private static List<String> reserved(String block, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "<|" + block + "reserved_special_token_" + i + "|>")
                .toList();
    }

    private static List<String> fill(int count, List<String> texts, int firstNumber) {
        int missing = count - texts.size();
        return Stream.concat(
                        texts.stream(), reserved("", firstNumber, firstNumber + missing).stream())
                .toList();
    }
}
