package dev.altiplano.compute.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.altiplano.compute.machine.Guarded.Side;
import dev.altiplano.compute.quant.KvTile;
import dev.altiplano.compute.quant.KvType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attention between unreadable pages: one byte too many ends the process. */
final class AttentionMemoryTest {
    /** More than a segment. */
    private static final int POSITIONS = AttentionCode.SEGMENT + 2 * KvTile.TOKENS;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final int[][] HEADS_AND_DIMS = {{1, 8}, {3, 64}, {4, 32}, {5, 40}, {2, 80}};

    @BeforeAll
    static void needsMachineCode() {
        assumeTrue(Isa.available().findAny().isPresent(), "no machine code here");
    }

    @ParameterizedTest
    @EnumSource
    void readsAndWritesNothingOutsideItsOperands(KvType type) {
        for (InstructionSet isa : Isa.available().toList()) {
            for (int[] shape : HEADS_AND_DIMS) {
                for (Side side : Side.values()) {
                    attendEveryLength(isa, shape[0], new KvTile(type, shape[1]), side);
                }
            }
        }
    }

    private static void attendEveryLength(InstructionSet isa, int heads, KvTile tile, Side side) {
        Attention attention = Attention.of(isa, heads, tile).orElseThrow();
        long bytes = (long) heads * tile.headDim() * Float.BYTES;
        List<Guarded> blocks = new ArrayList<>();
        try (Guarded q = new Guarded(bytes, side);
                Guarded out = new Guarded(bytes + 2L * heads * Float.BYTES, side);
                Guarded state = new Guarded(attention.stateBytes(), side)) {
            long[] addresses = new long[POSITIONS / KvTile.TOKENS];
            for (int i = 0; i < addresses.length; i++) {
                blocks.add(new Guarded(2L * tile.halfBytes(), side));
                addresses[i] = blocks.get(i).bytes.address();
            }
            for (int to = 1; to <= POSITIONS; to++) {
                // No longer than it has to be: blocks behind the last are not looked up.
                long[] seen = new long[Math.ceilDiv(to, KvTile.TOKENS)];
                System.arraycopy(addresses, 0, seen, 0, seen.length);
                for (int from = Math.max(0, to - 19); from < to; from += 6) {
                    attention.attend(
                            q.bytes,
                            0,
                            out.bytes,
                            0,
                            MemorySegment.ofArray(seen),
                            0,
                            from,
                            to,
                            0.1f,
                            state.bytes);
                }
            }
            // The last span was one key: results and largest scores, then the sums of weights.
            assertThat(out.bytes.asSlice(0, bytes + 4L * heads).toArray(FLOAT)).containsOnly(0);
            assertThat(out.bytes.asSlice(bytes + 4L * heads).toArray(FLOAT)).containsOnly(1);
        } finally {
            blocks.forEach(Guarded::close);
        }
    }
}
