package dev.altiplano.model.convert;

import dev.altiplano.compute.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.function.LongUnaryOperator;

/** Some rows of a tensor that is being written, made out of another tensor. */
sealed interface RowSource {
    /** Hands the rows to {@code sink} in their order. */
    void writeTo(TensorSink sink);

    /** All rows of {@code tensor} as they stand. */
    static RowSource whole(Tensor tensor) {
        return new Copied(tensor, LongUnaryOperator.identity());
    }

    /** The rows of {@code tensor}: row r of the result is row {@code sourceRow(r)}. */
    record Copied(Tensor tensor, LongUnaryOperator sourceRow) implements RowSource {
        @Override
        public void writeTo(TensorSink sink) {
            boolean sameBytes = sink.format() == tensor.format();
            float[] values = new float[sameBytes ? 0 : Math.toIntExact(tensor.shape().columns())];
            for (long row = 0; row < tensor.shape().rows(); row++) {
                long from = sourceRow.applyAsLong(row);
                if (sameBytes) {
                    sink.write(tensor.bytes().asSlice(from * tensor.rowBytes(), tensor.rowBytes()));
                } else {
                    tensor.decodeRow(from, values, 0);
                    sink.write(values, values.length);
                }
            }
        }
    }

    /**
     * Columns {@code first} to {@code first + count - 1} of an input-major matrix [inputs,
     * outputs], which become rows.
     */
    record Transposed(Tensor matrix, int first, int count) implements RowSource {
        /** So many rows are gathered at once: a line of the cache gives all of them. */
        private static final int TILE = 64;

        @Override
        public void writeTo(TensorSink sink) {
            int inputs = Math.toIntExact(matrix.shape().rows());
            float[] rows = new float[TILE * inputs];
            for (int done = 0; done < count; done += TILE) {
                int some = Math.min(TILE, count - done);
                gather(first + done, some, inputs, rows);
                sink.write(rows, some * inputs);
            }
        }

        private void gather(int column, int some, int inputs, float[] rows) {
            MemorySegment bytes = matrix.bytes();
            float[] part = new float[some];
            long at = matrix.format().sizeBytes(column);
            for (int input = 0; input < inputs; input++, at += matrix.rowBytes()) {
                matrix.format().decoder().decode(bytes, at, part, 0, some);
                for (int i = 0; i < some; i++) {
                    rows[i * inputs + input] = part[i];
                }
            }
        }
    }

    /** Values that were computed. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Computed(float[] values) implements RowSource {
        @Override
        public void writeTo(TensorSink sink) {
            sink.write(values, values.length);
        }
    }
}
