package dev.altiplano.compute.machine;

import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/**
 * How the rows of a matrix lie side by side in a panel, so that one vector holds the same part of
 * as many rows as it has lanes and no sum ever runs across lanes.
 *
 * <p>A panel is a run of blocks; a panel block takes the same block of each of its rows. Fields of
 * the block keep their order, and within a field element follows element, each for all rows:
 *
 * <pre>
 * Q4_0, 8 rows: scale [8 rows] f16, then words [4][8 rows] u32, each of 8 nibbles
 * </pre>
 *
 * <p>Nothing is converted, only moved. A panel takes exactly the bytes of its rows; rows beyond the
 * matrix are zeros.
 *
 * <p>Immutable, safe for many threads.
 */
public final class PanelLayout {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    /** {@code count} neighbouring elements of {@code elementBytes} in a block. */
    record Field(int elementBytes, int count) {
        static Field halves(int count) {
            return new Field(Short.BYTES, count);
        }

        static Field words(int count) {
            return new Field(Integer.BYTES, count);
        }
    }

    private final TensorFormat format;
    private final int rows;
    private final List<Field> fields;

    private PanelLayout(TensorFormat format, int rows, List<Field> fields) {
        this.format = format;
        this.rows = rows;
        this.fields = fields;
    }

    /** The layout of {@code format} in panels of {@code rows}; empty if no kernel reads it. */
    public static Optional<PanelLayout> of(TensorFormat format, int rows) {
        return Optional.of(fields(format))
                .filter(fields -> !fields.isEmpty())
                .map(fields -> new PanelLayout(format, rows, fields));
    }

    private static List<Field> fields(TensorFormat format) {
        return switch (format) {
            case F32 -> List.of(Field.words(1));
            case F16, BF16 -> List.of(Field.halves(1));
            case Q4_0 -> List.of(Field.halves(1), Field.words(4));
            case Q4_1 -> List.of(Field.halves(2), Field.words(4));
            case Q5_0 -> List.of(Field.halves(1), Field.words(1 + 4));
            case Q5_1 -> List.of(Field.halves(2), Field.words(1 + 4));
            case Q8_0 -> List.of(Field.halves(1), Field.words(8));
            case Q4_K -> List.of(Field.halves(2), Field.words(3 + 32));
            case Q5_K -> List.of(Field.halves(2), Field.words(3 + 8 + 32));
            case Q6_K -> List.of(Field.words(32 + 16 + 4), Field.halves(1));
            default -> List.of();
        };
    }

    /** Bytes of a panel block: the blocks of all rows. */
    int blockBytes() {
        return format.blockBytes() * rows;
    }

    /** Rows of a panel. */
    public int rows() {
        return rows;
    }

    /** Sets every 16-bit element, which are the scales and minimums, of whole {@code blocks}. */
    void setHalves(MemorySegment blocks, short value) {
        for (long block = 0; block < blocks.byteSize(); block += format.blockBytes()) {
            long at = block;
            for (Field field : fields) {
                for (int i = 0; i < field.count(); i++, at += field.elementBytes()) {
                    if (field.elementBytes() == Short.BYTES) {
                        blocks.set(SHORT, at, value);
                    }
                }
            }
        }
    }

    /** Code that packs whole panels faster than {@link #pack}. */
    byte[] packCode() {
        return PackCode.emit(format.blockBytes(), fields, rows);
    }

    /** Bytes of a panel of rows with {@code inputs} weights. */
    public long panelBytes(int inputs) {
        return format.sizeBytes(inputs) * rows;
    }

    /**
     * Fills one panel: the judge of {@link PackCode}, and the way for the last, incomplete panel.
     *
     * @param source the first row; rows follow each other at {@code rowBytes}
     * @param count rows that there are; the others become zeros
     * @param panel the panel's bytes, all zero before
     */
    public void pack(MemorySegment source, long rowBytes, int count, MemorySegment panel) {
        for (int row = 0; row < count; row++) {
            long from = row * rowBytes;
            long to = 0;
            for (long end = from + rowBytes; from < end; from += format.blockBytes()) {
                packBlock(source, from, panel, to, row);
                to += blockBytes();
            }
        }
    }

    private void packBlock(MemorySegment source, long from, MemorySegment panel, long to, int row) {
        long offset = 0;
        for (Field field : fields) {
            int bytes = field.elementBytes();
            for (int i = 0; i < field.count(); i++) {
                long at = to + offset * rows + (long) (i * rows + row) * bytes;
                long element = from + offset + (long) i * bytes;
                if (bytes == Short.BYTES) {
                    panel.set(SHORT, at, source.get(SHORT, element));
                } else {
                    panel.set(INT, at, source.get(INT, element));
                }
            }
            offset += (long) field.count() * bytes;
        }
    }
}
