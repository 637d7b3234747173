package dev.altiplano.server;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.altiplano.compute.Shape;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.file.GgufValue;
import dev.altiplano.model.file.GgufWriter;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A Llama of about 40,000 random weights with a vocabulary of bytes, written as a GGUF file, so
 * that the whole way from HTTP to the forward pass and back runs without a download.
 */
public final class TinyModel {
    public static final String NAME = "tiny-random-llama";
    public static final int CONTEXT_TOKENS = 512;
    public static final int BEGIN = 256;
    public static final int END = 257;

    private static final int WIDTH = 32;
    private static final int LAYERS = 2;
    private static final int HEADS = 4;
    private static final int KV_HEADS = 2;
    private static final int FFN = 64;
    private static final long SEED = 42;
    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    static final List<String> SPECIAL =
            List.of("<|begin|>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>");
    private static final String TEMPLATE =
            "{{ bos_token }}{% for message in messages %}"
                    + "{{ '<|' + message['role'] + '|>' + message['content'] + '<|end|>' }}"
                    + "{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

    private TinyModel() {}

    /** Writes the model into {@code folder}. */
    public static Path writeTo(Path folder) {
        Path path = folder.resolve("tiny.gguf");
        try (GgufWriter writer = GgufWriter.create(path)) {
            metadata().forEach(writer::put);
            Map<String, Shape> tensors = tensors();
            tensors.forEach((name, shape) -> writer.declare(name, TensorFormat.F32, shape));
            SplittableRandom random = new SplittableRandom(SEED);
            tensors.forEach((name, shape) -> writer.write(weights(name, shape, random)));
            writer.finish();
        }
        return path;
    }

    private static Map<String, GgufValue> metadata() {
        Map<String, GgufValue> metadata = new LinkedHashMap<>();
        metadata.put("general.architecture", GgufValue.text("llama"));
        metadata.put("general.name", GgufValue.text(NAME));
        metadata.put("llama.vocab_size", GgufValue.uint32(BEGIN + SPECIAL.size()));
        metadata.put("llama.context_length", GgufValue.uint32(CONTEXT_TOKENS));
        metadata.put("llama.embedding_length", GgufValue.uint32(WIDTH));
        metadata.put("llama.block_count", GgufValue.uint32(LAYERS));
        metadata.put("llama.feed_forward_length", GgufValue.uint32(FFN));
        metadata.put("llama.attention.head_count", GgufValue.uint32(HEADS));
        metadata.put("llama.attention.head_count_kv", GgufValue.uint32(KV_HEADS));
        metadata.put("llama.attention.layer_norm_rms_epsilon", GgufValue.float32(1e-5));
        metadata.put("llama.rope.dimension_count", GgufValue.uint32(WIDTH / HEADS));
        metadata.put("llama.rope.freq_base", GgufValue.float32(10_000));
        metadata.put("tokenizer.ggml.model", GgufValue.text("gpt2"));
        metadata.put("tokenizer.ggml.pre", GgufValue.text("gpt-2"));
        metadata.put("tokenizer.ggml.tokens", GgufValue.strings(pieces()));
        metadata.put("tokenizer.ggml.token_type", GgufValue.int32s(kinds()));
        metadata.put("tokenizer.ggml.merges", GgufValue.strings(List.of()));
        metadata.put("tokenizer.ggml.bos_token_id", GgufValue.uint32(BEGIN));
        metadata.put("tokenizer.ggml.eos_token_id", GgufValue.uint32(END));
        metadata.put("tokenizer.ggml.add_bos_token", GgufValue.bool(true));
        metadata.put("tokenizer.chat_template", GgufValue.text(TEMPLATE));
        return metadata;
    }

    /** The bytes in the letters that byte-level BPE writes them with, then the special tokens. */
    private static List<String> pieces() {
        List<String> pieces = new ArrayList<>();
        int spare = 256;
        for (int value = 0; value < BEGIN; value++) {
            boolean printable = (value > ' ' && value <= '~') || (value > 0xa0 && value != 0xad);
            pieces.add(Character.toString(printable ? value : spare++));
        }
        pieces.addAll(SPECIAL);
        return pieces;
    }

    private static List<Integer> kinds() {
        List<Integer> kinds = new ArrayList<>();
        for (int id = 0; id < BEGIN + SPECIAL.size(); id++) {
            kinds.add(id < BEGIN ? NORMAL : CONTROL);
        }
        return kinds;
    }

    private static Map<String, Shape> tensors() {
        int vocab = BEGIN + SPECIAL.size();
        int kvWidth = WIDTH / HEADS * KV_HEADS;
        Map<String, Shape> tensors = new LinkedHashMap<>();
        tensors.put("token_embd.weight", Shape.of(vocab, WIDTH));
        for (int layer = 0; layer < LAYERS; layer++) {
            String block = "blk." + layer + '.';
            tensors.put(block + "attn_norm.weight", Shape.of(WIDTH));
            tensors.put(block + "attn_q.weight", Shape.of(WIDTH, WIDTH));
            tensors.put(block + "attn_k.weight", Shape.of(kvWidth, WIDTH));
            tensors.put(block + "attn_v.weight", Shape.of(kvWidth, WIDTH));
            tensors.put(block + "attn_output.weight", Shape.of(WIDTH, WIDTH));
            tensors.put(block + "ffn_norm.weight", Shape.of(WIDTH));
            tensors.put(block + "ffn_gate.weight", Shape.of(FFN, WIDTH));
            tensors.put(block + "ffn_up.weight", Shape.of(FFN, WIDTH));
            tensors.put(block + "ffn_down.weight", Shape.of(WIDTH, FFN));
        }
        tensors.put("output_norm.weight", Shape.of(WIDTH));
        tensors.put("output.weight", Shape.of(vocab, WIDTH));
        return tensors;
    }

    private static MemorySegment weights(String name, Shape shape, SplittableRandom random) {
        int count = (int) shape.elements();
        ByteBuffer bytes = ByteBuffer.allocateDirect(count * Float.BYTES).order(LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            double value = name.contains("norm") ? 1 : random.nextGaussian() / Math.sqrt(WIDTH);
            bytes.putFloat((float) (name.startsWith("output.") ? 4 * value : value));
        }
        return MemorySegment.ofBuffer(bytes.flip());
    }
}
