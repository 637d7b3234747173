package dev.altiplano.model.convert;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Tensor;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.compute.quant.BlockEncoder;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.convert.QuantizeReport.TensorReport;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Decodes a tensor, encodes it in another format and measures the error, chunk after chunk: the
 * team makes a few chunks at a time, then they are handed on in order. So the memory is bounded
 * whatever the size of a tensor, and the result does not depend on the number of threads.
 */
final class TensorQuantizer {
    /** A multiple of every block. */
    private static final int CHUNK_WEIGHTS = 1 << 15;

    private static final int CHUNKS_PER_THREAD = 2;

    /** Beyond it binary16, the format of scales and of F16 tensors, has only infinity. */
    private static final float BINARY16_MAX = BlockEncoder.WEIGHT_MAX;

    private final WorkerTeam team;
    private final Chunk[] chunks;
    private final Consumer<MemorySegment> sink;
    private final LongConsumer progress;

    /** {@code progress} hears how many bytes of the input were done since it was last called. */
    TensorQuantizer(WorkerTeam team, Consumer<MemorySegment> sink, LongConsumer progress) {
        this.team = team;
        this.sink = sink;
        this.progress = progress;
        this.chunks =
                IntStream.range(0, team.threads() * CHUNKS_PER_THREAD)
                        .mapToObj(index -> new Chunk())
                        .toArray(Chunk[]::new);
    }

    /**
     * Writes {@code tensor} to the sink in {@code format}. Throws {@link ModelFormatException} if a
     * weight has no place in it.
     */
    TensorReport quantize(Tensor tensor, TensorFormat format, String note) {
        BlockEncoder encoder = format.encoder().orElseThrow();
        long weights = tensor.shape().elements();
        double squaredError = 0;
        double squares = 0;
        for (long first = 0; first < weights; first += (long) chunks.length * CHUNK_WEIGHTS) {
            long start = first;
            long left = Math.ceilDiv(weights - first, CHUNK_WEIGHTS);
            int count = (int) Math.min(chunks.length, left);
            team.run(
                    count,
                    1,
                    (from, to, worker) -> {
                        for (int i = from; i < to; i++) {
                            long at = start + (long) i * CHUNK_WEIGHTS;
                            chunks[i].make(tensor, at, format, encoder);
                        }
                    });
            for (int i = 0; i < count; i++) {
                sink.accept(chunks[i].bytes(format));
                progress.accept(tensor.format().sizeBytes(chunks[i].count));
                squaredError += chunks[i].squaredError;
                squares += chunks[i].squares;
            }
        }
        return new TensorReport(
                tensor.name(),
                tensor.shape(),
                tensor.format(),
                format,
                Math.sqrt(squaredError / Math.max(1, weights)),
                Math.sqrt(squares / Math.max(1, weights)),
                note);
    }

    /** Weights on their way. */
    private static final class Chunk {
        private final float[] source = new float[CHUNK_WEIGHTS];
        private final float[] decoded = new float[CHUNK_WEIGHTS];
        private byte[] encoded = new byte[0];
        private int count;
        private double squaredError;
        private double squares;

        void make(Tensor tensor, long first, TensorFormat format, BlockEncoder encoder) {
            count = (int) Math.min(CHUNK_WEIGHTS, tensor.shape().elements() - first);
            tensor.format()
                    .decoder()
                    .decode(tensor.bytes(), tensor.format().sizeBytes(first), source, 0, count);
            requireEncodable(tensor, first, format);
            int bytes = Math.toIntExact(format.sizeBytes(CHUNK_WEIGHTS));
            if (encoded.length < bytes) {
                encoded = new byte[bytes];
            }
            MemorySegment target = MemorySegment.ofArray(encoded);
            encoder.encode(source, 0, target, 0, count);
            format.decoder().decode(target, 0, decoded, 0, count);
            measure();
        }

        private void requireEncodable(Tensor tensor, long first, TensorFormat format) {
            boolean isNarrow = format.blockWeights() > 1 || format == TensorFormat.F16;
            float limit = isNarrow ? BINARY16_MAX : Float.MAX_VALUE;
            for (int i = 0; i < count; i++) {
                if (!(Math.abs(source[i]) <= limit)) {
                    throw new ModelFormatException(
                            "%s: expected weights of magnitude up to %s for %s, found %s as weight %d. %s"
                                    .formatted(
                                            tensor.location(),
                                            limit,
                                            format,
                                            source[i],
                                            first + i,
                                            Float.isFinite(source[i])
                                                    ? "Use BF16."
                                                    : "The model is damaged: get it again."));
                }
            }
        }

        private void measure() {
            squaredError = 0;
            squares = 0;
            for (int i = 0; i < count; i++) {
                double error = (double) decoded[i] - source[i];
                squaredError += error * error;
                squares += (double) source[i] * source[i];
            }
        }

        MemorySegment bytes(TensorFormat format) {
            return MemorySegment.ofArray(encoded).asSlice(0, format.sizeBytes(count));
        }
    }
}
