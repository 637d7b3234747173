package dev.altiplano.engine;

import dev.altiplano.compute.Shape;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.file.GgufValue;
import dev.altiplano.model.file.GgufWriter;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes a Llama of random weights, small enough for tests: two layers of width 32, a byte-level
 * vocabulary without merges, so that every byte is a token, and one stop token.
 */
final class TinyModel {
    static final int CONTEXT_TOKENS = 256;
    static final int BYTES = 256;
    static final int STOP_ID = BYTES;

    private static final int WIDTH = 32;
    private static final int LAYERS = 2;
    private static final int HEADS = 4;
    private static final int KV_HEADS = 2;
    private static final int FFN = 64;
    private static final int VOCAB = BYTES + 1;

    private static final int NORMAL = 1;
    private static final int CONTROL = 3;

    private final GgufWriter writer;
    private final List<Shape> shapes = new ArrayList<>();
    private final SplittableRandom random;

    private TinyModel(GgufWriter writer, long seed) {
        this.writer = writer;
        this.random = new SplittableRandom(seed);
    }

    /** Writes {@code tiny.gguf} into {@code folder}. */
    static Path write(Path folder, long seed) {
        Path path = folder.resolve("tiny.gguf");
        try (GgufWriter writer = GgufWriter.create(path)) {
            TinyModel model = new TinyModel(writer, seed);
            model.putMetadata();
            model.declareTensors();
            model.writeTensors();
            writer.finish();
        }
        return path;
    }

    private void putMetadata() {
        writer.put("general.architecture", GgufValue.text("llama"));
        writer.put("general.name", GgufValue.text("tiny"));
        writer.put("llama.context_length", GgufValue.uint32(CONTEXT_TOKENS));
        writer.put("llama.embedding_length", GgufValue.uint32(WIDTH));
        writer.put("llama.block_count", GgufValue.uint32(LAYERS));
        writer.put("llama.feed_forward_length", GgufValue.uint32(FFN));
        writer.put("llama.attention.head_count", GgufValue.uint32(HEADS));
        writer.put("llama.attention.head_count_kv", GgufValue.uint32(KV_HEADS));
        writer.put("llama.attention.layer_norm_rms_epsilon", GgufValue.float32(1e-5));
        writer.put("llama.rope.freq_base", GgufValue.float32(10_000));
        writer.put("llama.vocab_size", GgufValue.uint32(VOCAB));
        writer.put("tokenizer.ggml.model", GgufValue.text("gpt2"));
        writer.put("tokenizer.ggml.pre", GgufValue.text("llama-bpe"));
        writer.put("tokenizer.ggml.tokens", GgufValue.strings(pieces()));
        List<Integer> types = new ArrayList<>(Collections.nCopies(BYTES, NORMAL));
        types.add(CONTROL);
        writer.put("tokenizer.ggml.token_type", GgufValue.int32s(types));
        writer.put("tokenizer.ggml.merges", GgufValue.strings(List.of()));
        writer.put("tokenizer.ggml.eos_token_id", GgufValue.uint32(STOP_ID));
        writer.put("tokenizer.ggml.add_bos_token", GgufValue.bool(false));
    }

    /** The characters by which byte-level vocabularies write bytes, as GPT-2 chose them. */
    private static List<String> pieces() {
        List<String> pieces = new ArrayList<>();
        int next = 256;
        for (int b = 0; b < BYTES; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b != 0xAD);
            pieces.add(Character.toString(printable ? b : next++));
        }
        pieces.add("<|end|>");
        return pieces;
    }

    private void declareTensors() {
        int kvWidth = WIDTH / HEADS * KV_HEADS;
        declare("token_embd.weight", VOCAB, WIDTH);
        declare("output.weight", VOCAB, WIDTH);
        declare("output_norm.weight", WIDTH);
        for (int layer = 0; layer < LAYERS; layer++) {
            String prefix = "blk." + layer + ".";
            declare(prefix + "attn_norm.weight", WIDTH);
            declare(prefix + "attn_q.weight", WIDTH, WIDTH);
            declare(prefix + "attn_k.weight", kvWidth, WIDTH);
            declare(prefix + "attn_v.weight", kvWidth, WIDTH);
            declare(prefix + "attn_output.weight", WIDTH, WIDTH);
            declare(prefix + "ffn_norm.weight", WIDTH);
            declare(prefix + "ffn_gate.weight", FFN, WIDTH);
            declare(prefix + "ffn_up.weight", FFN, WIDTH);
            declare(prefix + "ffn_down.weight", WIDTH, FFN);
        }
    }

    private void declare(String name, long... dimensions) {
        Shape shape = Shape.of(dimensions);
        shapes.add(shape);
        writer.declare(name, TensorFormat.F32, shape);
    }

    private void writeTensors() {
        for (Shape shape : shapes) {
            float[] weights = new float[Math.toIntExact(shape.elements())];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = shape.rank() == 1 ? 1 : (float) random.nextGaussian() * 0.3f;
            }
            writer.write(MemorySegment.ofArray(weights));
        }
    }
}
