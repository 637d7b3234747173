package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorSums.WIDTH;

import dev.altiplano.compute.VectorPanels.Form;
import dev.altiplano.compute.machine.PanelLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Lays rows out in {@link VectorPanels}, at the start. Plain loops: vector operations would still
 * be interpreted and slow. Owned by a worker.
 */
final class VectorPacker implements PackedWeights.Packer {
    private static final int ONES = 0x0101_0101;
    private static final int BYTE_SIGNS = 0x8080_8080;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final VectorPanels layout;
    private final int inputs;
    private final PanelLayout fields;

    /** LANES rows, as {@link #fields} has them. */
    private final MemorySegment moved;

    private final VectorSection section = new VectorSection();
    private final int[] words = new int[VectorPanels.SECTION_INTS];

    private VectorPacker(VectorPanels layout, int inputs, PanelLayout fields) {
        this.layout = layout;
        this.inputs = inputs;
        this.fields = fields;
        this.moved = Arena.ofAuto().allocate(fields.panelBytes(inputs));
    }

    /** For rows of {@code inputs}. */
    static PackedWeights.Packer of(VectorPanels layout, int inputs) {
        if (layout.form() == Form.FLOATS) {
            return (rows, count, panels, at) ->
                    moveFloats(rows, inputs, count, layout.rows(), panels, at);
        }
        PanelLayout fields = PanelLayout.of(layout.format(), LANES).orElseThrow();
        return new VectorPacker(layout, inputs, fields);
    }

    /** Into [inputs, panelRows]. */
    private static void moveFloats(
            MemorySegment rows,
            int inputs,
            int count,
            int panelRows,
            MemorySegment panels,
            long at) {
        long rowBytes = (long) inputs * Short.BYTES;
        long inputBytes = (long) panelRows * Short.BYTES;
        for (int row = 0; row < count; row++) {
            for (int input = 0; input < inputs; input++) {
                short weight = rows.get(SHORT, row * rowBytes + (long) input * Short.BYTES);
                panels.set(SHORT, at + input * inputBytes + (long) row * Short.BYTES, weight);
            }
        }
    }

    @Override
    public void pack(MemorySegment rows, int count, MemorySegment panels, long at) {
        long rowBytes = fields.panelBytes(inputs) / LANES;
        for (int row = 0; row < layout.rows(); row += LANES) {
            moved.fill((byte) 0);
            int here = Math.clamp(count - row, 0, LANES);
            fields.pack(rows.asSlice(Math.min(row, count) * rowBytes), rowBytes, here, moved);
            for (int input = 0; input < inputs; input += VectorSection.INPUTS_MAX) {
                int length = Math.min(VectorSection.INPUTS_MAX, inputs - input);
                int blocks = length / layout.format().blockWeights();
                long from = fields.panelBytes(input);
                VectorUnpackers.unpack(layout.format(), moved, from, blocks, section);
                packSection(length, row, panels, at + layout.panelBytes(input));
            }
        }
    }

    /**
     * LANES rows, the first of them {@code row} of the panel, of which a section is at {@code to}.
     */
    private void packSection(int length, int row, MemorySegment panels, long to) {
        int groups = length / layout.groupInputs();
        if (layout.form() == Form.NIBBLES) {
            for (int i = 0; i < groups * LANES; i++) {
                section.scales[i] *= VectorNibbleLoops.SCALE_FACTOR;
            }
        }
        for (int group = 0; group < groups; group++) {
            long scale = to + ((long) group * layout.rows() + row) * Float.BYTES;
            copy(section.scales, group * LANES, panels, scale);
            if (layout.hasMinimum()) {
                long minimum = scale + (long) groups * layout.rows() * Float.BYTES;
                copy(section.minimums, group * LANES, panels, minimum);
            }
        }
        long wordsAt = to + layout.wordsOffset(length);
        int count = layout.wordInts(length);
        MemorySegment.copy(panels, ValueLayout.JAVA_INT, wordsAt, words, 0, count);
        if (layout.form() == Form.NIBBLES) {
            joinNibbles(row / WIDTH * LANES, count, row / LANES % 2 * Short.SIZE);
        } else {
            joinBytes(row, count);
        }
        MemorySegment.copy(words, 0, panels, ValueLayout.JAVA_INT, wordsAt, count);
    }

    private static void copy(float[] from, int index, MemorySegment to, long at) {
        MemorySegment.copy(from, index, to, ValueLayout.JAVA_FLOAT, at, LANES);
    }

    /** Adds the section's quants to the halves {@code shift} bits from the lowest. */
    private void joinNibbles(int from, int to, int shift) {
        int at = 0;
        for (int word = from; word < to; word += WIDTH, at += 2 * LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                int even = section.quants[at + lane];
                int odd = section.quants[at + LANES + lane];
                int nibbles = (even | even >>> 8 | odd << 4 | odd >>> 4) & 0xFFFF;
                words[word + lane] |= nibbles << shift;
            }
        }
    }

    private void joinBytes(int from, int to) {
        int centre = layout.centre();
        int at = 0;
        for (int word = from; word < to; word += WIDTH, at += 2 * LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                int bytes = section.quants[at + lane] | section.quants[at + LANES + lane] << 8;
                words[word + lane] = centre == 0 ? bytes : less(bytes, centre * ONES);
            }
        }
    }

    /** The difference byte by byte, of bytes below 128. */
    private static int less(int bytes, int centres) {
        return ((bytes | BYTE_SIGNS) - centres) ^ BYTE_SIGNS;
    }
}
