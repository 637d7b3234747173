package dev.altiplano.model.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SymbolMergerTest {
    private static final int LETTERS = 3;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void mergesShortAndLongPiecesAsTheDefinitionSays(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            PairTable merges = randomMerges(random);
            List<Integer> letters = new ArrayList<>();
            // On both sides of the length where the merger changes its method.
            for (int length = random.nextInt(140); length > 0; length--) {
                letters.add(random.nextInt(LETTERS));
            }

            assertThat(merge(letters, merges)).isEqualTo(mergeByDefinition(letters, merges));
        }
    }

    private static PairTable randomMerges(SplittableRandom random) {
        PairTable merges = new PairTable(8);
        int tokens = LETTERS;
        for (int count = random.nextInt(30); count > 0; count--) {
            // Ranks repeat, so that the left one of two equals has to go first.
            long merge = MergeRule.of(random.nextInt(12), tokens);
            boolean isNew =
                    merges.putIfMissing(random.nextInt(tokens), random.nextInt(tokens), merge);
            tokens += isNew ? 1 : 0;
        }
        return merges;
    }

    private static List<Integer> merge(List<Integer> letters, PairTable merges) {
        SymbolMerger merger = new SymbolMerger(new PairMerges(merges));
        merger.begin(letters.size());
        for (int i = 0; i < letters.size(); i++) {
            merger.add(i, letters.get(i));
        }
        merger.merge(new byte[letters.size() + Utf8.PADDING_BYTES], letters.size());
        List<Integer> ids = new ArrayList<>();
        for (int symbol = 0; symbol < merger.count(); symbol++) {
            assertThat(merger.start(symbol)).isLessThan(merger.end(symbol));
            ids.add(merger.id(symbol));
        }
        return ids;
    }

    private static List<Integer> mergeByDefinition(List<Integer> letters, PairTable merges) {
        List<Integer> ids = new ArrayList<>(letters);
        while (true) {
            int best = -1;
            long bestMerge = MergeRule.NONE;
            for (int i = 0; i + 1 < ids.size(); i++) {
                long merge = merges.get(ids.get(i), ids.get(i + 1));
                if (merge != PairTable.MISSING
                        && MergeRule.rank(merge) < MergeRule.rank(bestMerge)) {
                    best = i;
                    bestMerge = merge;
                }
            }
            if (best < 0) {
                return ids;
            }
            ids.set(best, MergeRule.id(bestMerge));
            ids.remove(/* index */ best + 1);
        }
    }
}
