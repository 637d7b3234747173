package dev.altiplano.model.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.RotaryPairs;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.model.llama.LlamaConfig.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KvCacheTest {
    private static final Layer CHUNKED = new Layer(true, true, false);
    private static final Layer GLOBAL = new Layer(false, false, false);

    @Test
    void aBlockHoldsSixteenTokensOfAllLayersOfAKind() {
        try (KvCache cache = new KvCache(config(32, CHUNKED, CHUNKED, GLOBAL), KvType.F32, 64);
                KvSequence sequence = cache.open()) {
            append(sequence, 17);
            assertThat(cache.usedBlocks()).isEqualTo(4);
            long tokenBytes = 2 * 2 * 4 * 4; // keys and values, 2 heads of 4 values, f32
            assertThat(cache.usedBytes()).isEqualTo(2 * 16 * tokenBytes * (2 + 1));
        }
    }

    @Test
    void releaseFreesTheChunksThatNobodySeesAnyMore() {
        try (KvCache cache = new KvCache(config(32, CHUNKED, GLOBAL), KvType.F32, 256);
                KvSequence sequence = cache.open()) {
            append(sequence, 100);
            assertThat(cache.usedBlocks()).isEqualTo(14);

            sequence.release(31);
            assertThat(cache.usedBlocks()).isEqualTo(14);
            sequence.release(32);
            assertThat(cache.usedBlocks()).isEqualTo(12);
            sequence.release(100);
            assertThat(cache.usedBlocks()).isEqualTo(8);
            sequence.release(40); // an older promise changes nothing
            assertThat(cache.usedBlocks()).isEqualTo(8);
        }
    }

    @ParameterizedTest(name = "chunks of {0}")
    @CsvSource({"5, 98, 95", "20, 99, 80", "24, 100, 96"})
    void aBlockThatHoldsTheBeginningOfTheChunkStays(int chunk, int position, int keptFrom) {
        try (KvCache cache = new KvCache(config(chunk, CHUNKED), KvType.F32, 256);
                KvSequence sequence = cache.open()) {
            append(sequence, 100);
            sequence.release(position);
            assertThat(cache.usedBlocks()).isEqualTo(7 - keptFrom / 16);
        }
    }

    @Test
    void layersThatSeeAllHistoryKeepEverything() {
        try (KvCache cache = new KvCache(config(0, GLOBAL), KvType.F32, 256);
                KvSequence sequence = cache.open()) {
            append(sequence, 100);
            sequence.release(100);
            assertThat(cache.usedBlocks()).isEqualTo(7);
            sequence.rollback(3);
            assertThat(cache.usedBlocks()).isOne();
        }
    }

    @Test
    void rollbackIntoAReleasedChunkIsRefused() {
        try (KvCache cache = new KvCache(config(32, CHUNKED, GLOBAL), KvType.F32, 256);
                KvSequence sequence = cache.open()) {
            append(sequence, 70);
            sequence.release(70);
            sequence.rollback(64);

            assertThatThrownBy(() -> sequence.rollback(63))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("rollback to 63", "from 64 on", "released");
            assertThat(sequence.length()).isEqualTo(64);
        }
    }

    @Test
    void reservingMoreThanThereIsTakesNothing() {
        try (KvCache cache = new KvCache(config(32, CHUNKED, GLOBAL), KvType.F32, 64);
                KvSequence first = cache.open();
                KvSequence second = cache.open()) {
            append(first, 33);
            assertThat(second.tryReserve(17)).isFalse();
            assertThat(cache.usedBlocks()).isEqualTo(6);
            assertThat(second.tryReserve(16)).isTrue();
            assertThat(cache.freeBlocks()).isZero();
        }
    }

    @Test
    void whatWasReservedAndNotUsedCanBeGivenBack() {
        try (KvCache cache = new KvCache(config(32, CHUNKED, GLOBAL), KvType.F32, 64);
                KvSequence sequence = cache.open()) {
            assertThat(sequence.tryReserve(64)).isTrue();
            sequence.rollback(0);
            assertThat(cache.usedBlocks()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 11})
    void refusesPositionsThatTheSequenceDoesNotHave(int position) {
        try (KvCache cache = new KvCache(config(32, CHUNKED), KvType.F32, 64);
                KvSequence sequence = cache.open()) {
            append(sequence, 10);
            assertThatThrownBy(() -> sequence.rollback(position))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("0 to 10", "found " + position);
            assertThatThrownBy(() -> sequence.release(position))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("0 to 10", "found " + position);
        }
    }

    @Test
    void aClosedSequenceHasGivenEverythingBackAndTakesNothing() {
        try (KvCache cache = new KvCache(config(32, CHUNKED, GLOBAL), KvType.F32, 64)) {
            KvSequence sequence = cache.open();
            append(sequence, 40);
            sequence.release(40);
            sequence.close();
            sequence.close();
            assertThat(cache.usedBlocks()).isZero();
            assertThatThrownBy(() -> sequence.tryReserve(1))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** The engine's whole life with the cache in random order: no block is lost or held twice. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void noBlockIsLost(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int chunk = random.nextInt(1, 50);
        try (KvCache cache = new KvCache(config(chunk, CHUNKED, GLOBAL), KvType.F32, 400)) {
            List<KvSequence> sequences = new ArrayList<>();
            for (int step = 0; step < 2000; step++) {
                int action = random.nextInt(6);
                if (sequences.isEmpty() || (action == 0 && sequences.size() < 6)) {
                    sequences.add(cache.open());
                    continue;
                }
                KvSequence sequence = sequences.get(random.nextInt(sequences.size()));
                int length = sequence.length();
                switch (action) {
                    case 1, 2 -> {
                        int tokens = random.nextInt(40);
                        if (sequence.tryReserve(tokens)) {
                            sequence.commit(tokens);
                        }
                    }
                    case 3 -> sequence.release(random.nextInt(length + 1));
                    case 4 -> {
                        int kept = length - length % chunk; // never released beyond the length
                        sequence.rollback(random.nextInt(kept, length + 1));
                    }
                    default -> {
                        sequence.close();
                        sequences.remove(sequence);
                    }
                }
                requireBlocks(cache, sequences, chunk);
            }
            sequences.forEach(KvSequence::close);
            assertThat(cache.usedBlocks()).isZero();
            assertThat(cache.freeBlocks()).isEqualTo(25);
        }
    }

    /** At least what each sequence must hold, at most what the pools have. */
    private static void requireBlocks(KvCache cache, List<KvSequence> sequences, int chunk) {
        int least = 0;
        for (KvSequence sequence : sequences) {
            int length = sequence.length();
            least += Math.ceilDiv(length, 16);
            int from = (length - length % chunk) / 16;
            least += Math.max(0, Math.ceilDiv(length, 16) - from);
        }
        assertThat(cache.usedBlocks()).isBetween(least, 50);
    }

    @Test
    void refusesACacheWithoutRoom() {
        assertThatThrownBy(() -> new KvCache(config(32, CHUNKED), KvType.F32, 0).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0");
    }

    private static void append(KvSequence sequence, int tokens) {
        assertThat(sequence.tryReserve(tokens)).isTrue();
        sequence.commit(tokens);
    }

    private static LlamaConfig config(int chunk, Layer... layers) {
        return new LlamaConfig(
                LlamaConfig.Architecture.LLAMA4,
                256,
                16,
                4,
                2,
                4,
                512,
                1e-5f,
                RopeConfig.of(10_000, 4, new RopeConfig.NoScaling()),
                RotaryPairs.ADJACENT,
                false,
                chunk,
                Optional.empty(),
                32,
                Optional.empty(),
                List.of(layers),
                false);
    }
}
