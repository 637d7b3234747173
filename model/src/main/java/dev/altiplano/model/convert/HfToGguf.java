package dev.altiplano.model.convert;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.convert.HfTensors.Output;
import dev.altiplano.model.file.GgufValue;
import dev.altiplano.model.file.GgufWriter;
import dev.altiplano.model.file.ModelWriteException;
import dev.altiplano.model.file.SafetensorsFolder;
import dev.altiplano.model.llama.LlamaConfig;
import dev.altiplano.model.llama.LlamaWeights;
import dev.altiplano.model.token.GgufVocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Makes a GGUF file out of a folder of safetensors, for Llama 1 to 3 and models built like them,
 * and the text part of Llama 4. Weights pass through: the heap holds a few rows and the vocabulary.
 *
 * <p>Rows of Q and K that rotate together are brought side by side (not for Llama 4, which has them
 * so); the experts of Llama 4 are transposed and their gate and up halves parted. Norms and routers
 * become F32. Other weights keep their format unless one is asked for.
 */
public final class HfToGguf {
    private final SafetensorsFolder source;
    private final LlamaConfig config;
    private final List<Output> outputs;

    /**
     * Plans the file. {@code format} of the matrices is F32, F16 or BF16; if empty, they keep their
     * own. Borrows {@code source}.
     *
     * <p>Throws {@link ModelFormatException} if the folder is not what it claims to be, and {@link
     * IllegalArgumentException} for other formats: quantise the converted file.
     */
    public HfToGguf(SafetensorsFolder source, Optional<TensorFormat> format) {
        format.ifPresent(HfToGguf::requireFloats);
        this.source = source;
        this.config = LlamaConfig.of(source);
        source.reading(() -> LlamaWeights.of(source, config)); // checks every tensor
        this.outputs = new HfTensors(source, config, format).outputs();
    }

    private static void requireFloats(TensorFormat format) {
        switch (format) {
            case F32, F16, BF16 -> {}
            default ->
                    throw new IllegalArgumentException(
                            "expected F32, F16 or BF16, found " + format);
        }
    }

    /** The bytes of all tensors that are going to be written. */
    public long tensorBytes() {
        return outputs.stream().mapToLong(Output::sizeBytes).sum();
    }

    /**
     * Writes the file, over an older one; {@code progress} hears on this thread how many bytes of
     * tensors are done. Throws {@link ModelFormatException} if the tokenizer is bad or the model
     * has what GGUF cannot say, and {@link ModelWriteException} if the disk fails; then nothing is
     * left.
     */
    public void write(Path target, LongConsumer progress) {
        try (GgufWriter writer = GgufWriter.create(target)) {
            new HfMetadata(source, config, outputs, writer).write();
            putTokenizer(source, config.vocabularySize(), writer);
            for (Output output : outputs) {
                writer.declare(output.name(), output.format(), output.shape());
            }
            source.reading(() -> writeTensors(writer, progress));
            writer.finish();
        }
    }

    /** A folder without a tokenizer gives a file that says so: other readers insist on the key. */
    private static void putTokenizer(
            SafetensorsFolder source, int vocabularySize, GgufWriter writer) {
        Optional<Path> tokenizer = source.file("tokenizer.json");
        if (tokenizer.isEmpty()) {
            writer.put("tokenizer.ggml.model", GgufValue.text("no_vocab"));
            return;
        }
        try {
            GgufVocabulary.of(source.path(), vocabularySize).forEach(writer::put);
        } catch (IOException failure) {
            throw ModelFormatException.unreadable(tokenizer.get(), failure);
        }
    }

    private long writeTensors(GgufWriter writer, LongConsumer progress) {
        long[] done = new long[1];
        for (Output output : outputs) {
            TensorSink sink =
                    new TensorSink(
                            writer,
                            output.format(),
                            bytes -> {
                                done[0] += bytes;
                                progress.accept(done[0]);
                            });
            output.parts().forEach(rows -> rows.writeTo(sink));
        }
        return done[0];
    }
}
