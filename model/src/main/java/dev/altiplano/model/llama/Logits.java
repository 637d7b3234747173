package dev.altiplano.model.llama;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a forward pass says about the next token: [rows, vocabulary], a row for each token that
 * asked for one, in the order of the batch. Belongs to the {@link Transformer}; valid until its
 * next pass.
 */
public final class Logits {
    private final int vocabulary;
    private float[] values = {};
    private int rows;

    Logits(int vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Makes room for {@code rows}; the memory is kept for the next pass. */
    float[] resize(int rows) {
        int needed = Math.multiplyExact(rows, vocabulary);
        if (values.length < needed) {
            values = new float[needed];
        }
        this.rows = rows;
        return values;
    }

    /** Tokens that asked for logits. */
    public int rows() {
        return rows;
    }

    public int vocabulary() {
        return vocabulary;
    }

    /** Where all rows lie, without a copy; row i begins at {@link #offset}. */
    public float[] values() {
        return values;
    }

    public int offset(int row) {
        return Objects.checkIndex(row, rows) * vocabulary;
    }

    /** The caller's own copy of one row. */
    public float[] row(int row) {
        int from = offset(row);
        return Arrays.copyOfRange(values, from, from + vocabulary);
    }

    /** The id with the largest logit of the row; the lowest of equals. */
    public int argmax(int row) {
        int from = offset(row);
        int best = 0;
        for (int id = 1; id < vocabulary; id++) {
            if (values[from + id] > values[from + best]) {
                best = id;
            }
        }
        return best;
    }
}
