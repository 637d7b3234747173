package dev.altiplano.compute;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The dimensions of a tensor, outermost first: a matrix is [rows, columns] and its columns lie side
 * by side in memory. Immutable.
 */
public final class Shape {
    /** More dimensions than any Llama checkpoint uses. */
    public static final int RANK_MAX = 8;

    private final long[] dimensions;

    private Shape(long[] dimensions) {
        this.dimensions = dimensions;
    }

    /**
     * Throws {@link IllegalArgumentException} if there are more than {@link #RANK_MAX} dimensions,
     * one is negative, or the product of those that are not 0 overflows.
     */
    public static Shape of(long... dimensions) {
        if (dimensions.length > RANK_MAX) {
            throw new IllegalArgumentException(
                    "expected at most %d dimensions, found %d"
                            .formatted(RANK_MAX, dimensions.length));
        }
        long elements = 1;
        for (long dimension : dimensions) {
            if (dimension < 0) {
                throw new IllegalArgumentException(
                        "expected dimensions >= 0, found " + Arrays.toString(dimensions));
            }
            if (dimension != 0 && elements > Long.MAX_VALUE / dimension) {
                throw new IllegalArgumentException(
                        "the product of %s overflows".formatted(Arrays.toString(dimensions)));
            }
            elements *= Math.max(1, dimension);
        }
        return new Shape(dimensions.clone());
    }

    public int rank() {
        return dimensions.length;
    }

    /** The size of dimension {@code index}; 0 is the outermost. */
    public long dimension(int index) {
        return dimensions[index];
    }

    /** The innermost dimension, whose elements are neighbours in memory; 1 for a scalar. */
    public long columns() {
        return dimensions.length == 0 ? 1 : dimensions[dimensions.length - 1];
    }

    /**
     * How many runs of {@link #columns} elements there are: the product of all other dimensions.
     */
    public long rows() {
        long rows = 1;
        for (int i = 0; i < dimensions.length - 1; i++) {
            rows *= dimensions[i];
        }
        return rows;
    }

    public long elements() {
        return LongStream.of(dimensions).reduce(1, (a, b) -> a * b);
    }

    /** The dimensions, outermost first; the caller's own copy. */
    public long[] toArray() {
        return dimensions.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dimensions);
    }

    @Override
    public String toString() {
        return LongStream.of(dimensions)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
