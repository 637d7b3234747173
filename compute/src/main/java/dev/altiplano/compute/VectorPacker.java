package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorSums.WIDTH;

import dev.altiplano.compute.VectorPanels.Form;
import dev.altiplano.compute.machine.PanelLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

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

    /** The rows, LANES of them as {@link #fields} has them, then the next, ... */
    private final MemorySegment moved;

    private final long chunkBytes;

    private final VectorSection section = new VectorSection();
    private final int[] words = new int[VectorPanels.SECTION_INTS];
    private final float[] scales = new float[2 * VectorSection.GROUPS_MAX * VectorPanels.ROWS_MAX];

    private VectorPacker(VectorPanels layout, int inputs, PanelLayout fields) {
        this.layout = layout;
        this.inputs = inputs;
        this.fields = fields;
        this.chunkBytes = fields.panelBytes(inputs);
        this.moved = Arena.ofAuto().allocate(layout.rows() / LANES * chunkBytes);
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
        int chunks = Math.ceilDiv(count, LANES);
        long rowBytes = chunkBytes / LANES;
        if (count < layout.rows()) {
            moved.fill((byte) 0);
        }
        for (int chunk = 0; chunk < chunks; chunk++) {
            int row = chunk * LANES;
            int here = Math.min(LANES, count - row);
            MemorySegment target = moved.asSlice(chunk * chunkBytes, chunkBytes);
            fields.pack(rows.asSlice(row * rowBytes), rowBytes, here, target);
        }
        for (int input = 0; input < inputs; input += VectorSection.INPUTS_MAX) {
            int length = Math.min(VectorSection.INPUTS_MAX, inputs - input);
            packSection(input, length, chunks, panels, at + layout.panelBytes(input));
        }
    }

    private void packSection(int input, int length, int chunks, MemorySegment panels, long to) {
        int blocks = length / layout.format().blockWeights();
        int wordCount = layout.wordInts(length);
        int scaleCount = layout.scales(length);
        Arrays.fill(words, 0, wordCount, 0);
        Arrays.fill(scales, 0, scaleCount, 0);
        for (int chunk = 0; chunk < chunks; chunk++) {
            long from = chunk * chunkBytes + fields.panelBytes(input);
            VectorUnpackers.unpack(layout.format(), moved, from, blocks, section);
            takeScales(length / layout.groupInputs(), chunk * LANES);
            if (layout.form() == Form.NIBBLES) {
                joinNibbles(chunk / 2 * LANES, wordCount, chunk % 2 * Short.SIZE);
            } else {
                joinBytes(chunk * LANES, wordCount);
            }
        }
        MemorySegment.copy(scales, 0, panels, ValueLayout.JAVA_FLOAT, to, scaleCount);
        long wordsAt = to + layout.wordsOffset(length);
        MemorySegment.copy(words, 0, panels, ValueLayout.JAVA_INT, wordsAt, wordCount);
    }

    /** Puts the section's scales and minimums into the columns from {@code row} on. */
    private void takeScales(int groups, int row) {
        int rows = layout.rows();
        float factor = layout.form() == Form.NIBBLES ? VectorNibbleLoops.SCALE_FACTOR : 1;
        for (int group = 0; group < groups; group++) {
            int to = group * rows + row;
            for (int lane = 0; lane < LANES; lane++) {
                scales[to + lane] = factor * section.scales[group * LANES + lane];
            }
            if (layout.hasMinimum()) {
                System.arraycopy(
                        section.minimums, group * LANES, scales, to + groups * rows, LANES);
            }
        }
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
