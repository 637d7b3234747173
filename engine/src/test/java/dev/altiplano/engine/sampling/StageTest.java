package dev.altiplano.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What each filter keeps, on distributions small enough to follow by hand. */
final class StageTest {
    private static final TokenHistory HISTORY = new TokenHistory(new int[] {0});

    @Test
    void topKKeepsTheFirstOfEqualTokens() {
        assertThat(kept(new TopK(2), 1, 2, 2, 2)).containsExactly(1, 2);
    }

    @Test
    void topPKeepsTheTokenThatReachesTheBound() {
        assertThat(kept(new TopP(0.5f), log(0.5), log(0.3), log(0.2))).containsExactly(0);
        assertThat(kept(new TopP(0.51f), log(0.5), log(0.3), log(0.2))).containsExactly(0, 1);
    }

    @Test
    void topPOfZeroKeepsTheMostLikelyToken() {
        assertThat(kept(new TopP(0), 1, 3, 2)).containsExactly(1);
    }

    @Test
    void topPLooksBeyondItsFirstHeadInALargeFlatVocabulary() {
        assertThat(kept(new TopP(0.5f), new float[200_000])).hasSize(100_000);
    }

    @Test
    void typicalPDropsTheMostLikelyTokenWhenItIsNotTypical() {
        // Entropy 1.168; surprises 0.511, 1.609, 2.303, 2.303: the second is the nearest.
        float[] logits = {log(0.6), log(0.2), log(0.1), log(0.1)};

        assertThat(kept(new TypicalP(0.1f), logits)).containsExactly(1);
    }

    @Test
    void minPKeepsWhatIsLikelyEnoughBesideTheBest() {
        assertThat(kept(new MinP(0.45f), log(0.5), log(0.3), log(0.2))).containsExactly(0, 1);
    }

    @Test
    void minPOfOneKeepsTheMostLikelyToken() {
        assertThat(kept(new MinP(1), 1, 3, 2)).containsExactly(1);
    }

    @Test
    void everyFilterKeepsTheOrderOfTheIds() {
        SplittableRandom random = new SplittableRandom(11);
        float[] logits = new float[500];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextDouble(-3, 3);
        }

        for (SamplingStage stage :
                new SamplingStage[] {
                    new TopK(100), new TypicalP(0.6f), new TopP(0.6f), new MinP(0.1f)
                }) {
            assertThat(kept(stage, logits)).isSorted().doesNotHaveDuplicates();
        }
    }

    private static float log(double probability) {
        return (float) Math.log(probability);
    }

    private static int[] kept(SamplingStage stage, float... logits) {
        Candidates candidates = new Candidates(logits.length);
        candidates.load(logits, 0);
        stage.apply(candidates, HISTORY);
        return IntStream.range(0, candidates.size()).map(candidates::id).toArray();
    }
}
