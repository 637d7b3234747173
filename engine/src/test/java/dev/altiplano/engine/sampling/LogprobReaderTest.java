package dev.altiplano.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogprobReaderTest {
    @Test
    void givesTheLogarithmOfTheProbability() {
        float[] logits = {9, 9, (float) Math.log(1), (float) Math.log(3), 9};

        TokenLogprobs logprobs = new LogprobReader(2).read(logits, 2, 0, 2);

        assertThat(logprobs.logprob()).isCloseTo((float) Math.log(0.25), within(1e-6f));
        assertThat(logprobs.top()).hasSize(2);
        assertThat(logprobs.top().getFirst().id()).isEqualTo(1);
        assertThat(logprobs.top().getFirst().logprob())
                .isCloseTo((float) Math.log(0.75), within(1e-6f));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void sumsToOneOverTheVocabulary(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] logits = new float[1000];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextDouble(-80, 80);
        }

        TokenLogprobs logprobs = new LogprobReader(1000).read(logits, 0, 3, 1000);

        double sum = logprobs.top().stream().mapToDouble(t -> Math.exp(t.logprob())).sum();
        assertThat(sum).isCloseTo(1, within(1e-5));
        assertThat(logprobs.top()).anyMatch(t -> t.id() == 3 && t.logprob() == logprobs.logprob());
    }

    @Test
    void givesNoMoreAlternativesThanThereAreTokens() {
        assertThat(new LogprobReader(3).read(new float[3], 0, 0, 20).top()).hasSize(3);
    }
}
