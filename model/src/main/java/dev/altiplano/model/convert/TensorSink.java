package dev.altiplano.model.convert;

import dev.altiplano.compute.quant.BlockEncoder;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.file.GgufWriter;
import java.lang.foreign.MemorySegment;
import java.util.function.LongConsumer;

/** Takes the rows of one tensor and writes them in its format, a portion at a time. */
final class TensorSink {
    private static final int PORTION = 1 << 16;

    private final GgufWriter writer;
    private final TensorFormat format;
    private final BlockEncoder encoder;
    private final LongConsumer written;
    private final MemorySegment encoded;

    /** {@code written} hears of each portion how many bytes it had. */
    TensorSink(GgufWriter writer, TensorFormat format, LongConsumer written) {
        this.writer = writer;
        this.format = format;
        this.encoder = format.encoder().orElseThrow();
        this.written = written;
        this.encoded = MemorySegment.ofArray(new byte[(int) format.sizeBytes(PORTION)]);
    }

    TensorFormat format() {
        return format;
    }

    /** Bytes that are in the format already. */
    void write(MemorySegment bytes) {
        writer.write(bytes);
        written.accept(bytes.byteSize());
    }

    /** The first {@code count} of {@code values}. */
    void write(float[] values, int count) {
        for (int done = 0; done < count; done += PORTION) {
            int some = Math.min(PORTION, count - done);
            encoder.encode(values, done, encoded, 0, some);
            write(encoded.asSlice(0, format.sizeBytes(some)));
        }
    }
}
