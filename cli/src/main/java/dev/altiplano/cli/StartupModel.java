package dev.altiplano.cli;

import dev.altiplano.compute.Shape;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.file.GgufValue;
import dev.altiplano.model.file.GgufWriter;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A Llama so small that it costs nothing, with random weights in the default model's formats and a
 * vocabulary of single bytes: what the start-up training talks to.
 */
final class StartupModel {
    private static final int WIDTH = 64;
    private static final int FFN = 96;
    private static final int HEADS = 4;
    private static final int KV_HEADS = 2;
    private static final int CONTEXT = 512;
    private static final String BEGIN = "<|im_start|>";
    private static final String END = "<|im_end|>";
    private static final String TEMPLATE =
            "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' +"
                    + " message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}"
                    + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    private StartupModel() {}

    static void write(Path file) {
        List<String> tokens = tokens();
        Map<String, Shape> tensors = tensors(tokens.size());
        try (GgufWriter writer = GgufWriter.create(file)) {
            putMetadata(writer, tokens);
            tensors.forEach((name, shape) -> writer.declare(name, format(shape), shape));
            SplittableRandom random = new SplittableRandom(1);
            for (Shape shape : tensors.values()) {
                writer.write(MemorySegment.ofArray(weights(shape, random)));
            }
            writer.finish();
        }
    }

    private static void putMetadata(GgufWriter writer, List<String> tokens) {
        writer.put("general.architecture", GgufValue.text("llama"));
        writer.put("general.name", GgufValue.text("startup"));
        writer.put("llama.context_length", GgufValue.uint32(CONTEXT));
        writer.put("llama.embedding_length", GgufValue.uint32(WIDTH));
        writer.put("llama.block_count", GgufValue.uint32(1));
        writer.put("llama.feed_forward_length", GgufValue.uint32(FFN));
        writer.put("llama.attention.head_count", GgufValue.uint32(HEADS));
        writer.put("llama.attention.head_count_kv", GgufValue.uint32(KV_HEADS));
        writer.put("llama.attention.layer_norm_rms_epsilon", GgufValue.float32(1e-5f));
        writer.put("llama.rope.freq_base", GgufValue.float32(10_000));
        writer.put("tokenizer.ggml.model", GgufValue.text("gpt2"));
        writer.put("tokenizer.ggml.pre", GgufValue.text("smollm"));
        writer.put("tokenizer.ggml.tokens", GgufValue.strings(tokens));
        writer.put("tokenizer.ggml.token_type", GgufValue.int32s(tokenTypes(tokens)));
        writer.put("tokenizer.ggml.merges", GgufValue.strings(List.of("t h", "th e")));
        writer.put("tokenizer.ggml.bos_token_id", GgufValue.uint32(tokens.indexOf(BEGIN)));
        writer.put("tokenizer.ggml.eos_token_id", GgufValue.uint32(tokens.indexOf(END)));
        writer.put("tokenizer.chat_template", GgufValue.text(TEMPLATE));
    }

    /**
     * Every byte under the name that GPT-2's vocabularies give it, two merges, two control tokens.
     */
    private static List<String> tokens() {
        List<String> tokens = new ArrayList<>();
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b > 32 && b < 127) || (b > 160 && b != 173);
            tokens.add(Character.toString(printable ? b : next++));
        }
        tokens.addAll(List.of("th", "the", BEGIN, END));
        return tokens;
    }

    private static List<Integer> tokenTypes(List<String> tokens) {
        return tokens.stream().map(token -> token.startsWith("<|") ? 3 : 1).toList();
    }

    private static Map<String, Shape> tensors(int vocabulary) {
        int kvWidth = WIDTH / HEADS * KV_HEADS;
        Map<String, Shape> tensors = new LinkedHashMap<>();
        tensors.put("token_embd.weight", Shape.of(vocabulary, WIDTH));
        tensors.put("output_norm.weight", Shape.of(WIDTH));
        tensors.put("blk.0.attn_norm.weight", Shape.of(WIDTH));
        tensors.put("blk.0.attn_q.weight", Shape.of(WIDTH, WIDTH));
        tensors.put("blk.0.attn_k.weight", Shape.of(kvWidth, WIDTH));
        tensors.put("blk.0.attn_v.weight", Shape.of(kvWidth, WIDTH));
        tensors.put("blk.0.attn_output.weight", Shape.of(WIDTH, WIDTH));
        tensors.put("blk.0.ffn_norm.weight", Shape.of(WIDTH));
        tensors.put("blk.0.ffn_gate.weight", Shape.of(FFN, WIDTH));
        tensors.put("blk.0.ffn_up.weight", Shape.of(FFN, WIDTH));
        tensors.put("blk.0.ffn_down.weight", Shape.of(WIDTH, FFN));
        return tensors;
    }

    private static TensorFormat format(Shape shape) {
        return shape.rank() == 1 ? TensorFormat.F32 : TensorFormat.Q4_1;
    }

    private static byte[] weights(Shape shape, SplittableRandom random) {
        TensorFormat format = format(shape);
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = shape.rank() == 1 ? 1 : (float) random.nextDouble(-0.2, 0.2);
        }
        byte[] bytes = new byte[Math.toIntExact(format.sizeBytes(values.length))];
        format.encoder()
                .orElseThrow()
                .encode(values, 0, MemorySegment.ofArray(bytes), 0, values.length);
        return bytes;
    }
}
