package dev.altiplano.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenSamplerTest {
    private static final int[] NO_HISTORY = {0};

    /** Beyond it, one in a thousand right samplers would fail; 15 degrees of freedom. */
    private static final double CHI_SQUARE_BOUND = 37.7;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597})
    void drawsAsTheReferenceDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 50; round++) {
            float[] logits = randomLogits(random, random.nextInt(1, 700));
            SamplingOptions options = randomOptions(random, logits.length);
            int[] history = random.ints(random.nextInt(1, 40), 0, logits.length).toArray();
            double[] distribution = new ReferenceSampler(options).distribution(logits, history);

            int id = sample(options, seed + round, logits, history);

            assertThat(distribution[id]).isPositive();
            double below = 0;
            for (int i = 0; i < id; i++) {
                below += distribution[i];
            }
            double drawn = CounterRandom.uniform(seed + round, history.length);
            if (options.temperature() > 0) {
                assertThat(drawn).isBetween(below - 1e-9, below + distribution[id] + 1e-9);
            }
        }
    }

    @Test
    void takesTheMostLikelyTokenAtTemperatureZero() {
        float[] logits = {1, 3, 2, 3};

        assertThat(sample(SamplingOptions.greedy(), 1, logits, NO_HISTORY)).isEqualTo(1);
    }

    @Test
    void penalisesAlsoAtTemperatureZero() {
        SamplingOptions options =
                SamplingOptions.greedy().withPenalties(PenaltyOptions.OFF.withRepetition(2));

        assertThat(sample(options, 1, new float[] {3, 2}, new int[] {0})).isEqualTo(1);
    }

    @Test
    void takesDryOffWhatThePenaltiesHaveLeft() {
        SamplingOptions options =
                SamplingOptions.greedy()
                        .withPenalties(PenaltyOptions.OFF.withRepetition(2))
                        .withDry(DryOptions.OFF.withMultiplier(1).withAllowedLength(1));

        // Of token 1, which followed 0 before: 4 / 2 - 1 = 1; the other way round (4 - 1) / 2.
        assertThat(sample(options, 1, new float[] {-9, 4, 1.25f}, new int[] {0, 1, 0}))
                .isEqualTo(2);
    }

    @Test
    void neverChoosesAForbiddenToken() {
        SamplingOptions options =
                SamplingOptions.defaults().withLogitBias(Map.of(1, Float.NEGATIVE_INFINITY));

        for (int seed = 0; seed < 200; seed++) {
            assertThat(sample(options, seed, new float[] {0, 50, 0}, NO_HISTORY)).isNotEqualTo(1);
        }
    }

    @Test
    void choosesABiasedTokenAlways() {
        SamplingOptions options = SamplingOptions.defaults().withLogitBias(Map.of(2, 100f));

        for (int seed = 0; seed < 50; seed++) {
            assertThat(sample(options, seed, new float[] {5, 9, 0}, NO_HISTORY)).isEqualTo(2);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void drawsEachTokenAsOftenAsItsProbabilitySays(long seed) {
        float[] logits = randomLogits(new SplittableRandom(seed), 16);
        double[] distribution =
                new ReferenceSampler(SamplingOptions.defaults()).distribution(logits, NO_HISTORY);
        int draws = 20_000;
        int[] counts = new int[logits.length];
        Candidates candidates = new Candidates(logits.length);
        TokenSampler sampler = new TokenSampler(SamplingOptions.defaults(), seed, id -> "");
        TokenHistory history = new TokenHistory(NO_HISTORY);

        for (int i = 0; i < draws; i++) {
            candidates.load(logits, 0);
            int id = sampler.sample(candidates, history);
            counts[id]++;
            history.append(id);
        }

        double chiSquare = 0;
        for (int id = 0; id < counts.length; id++) {
            double expected = draws * distribution[id];
            chiSquare += (counts[id] - expected) * (counts[id] - expected) / expected;
        }
        assertThat(chiSquare).isLessThan(CHI_SQUARE_BOUND);
    }

    @Test
    void drawsTheSameAtAPositionWhateverWasSampledBefore() {
        float[] logits = randomLogits(new SplittableRandom(7), 100);
        TokenSampler continued = new TokenSampler(SamplingOptions.defaults(), 42, id -> "");
        TokenSampler uninterrupted = new TokenSampler(SamplingOptions.defaults(), 42, id -> "");
        Candidates candidates = new Candidates(100);
        TokenHistory history = new TokenHistory(NO_HISTORY);
        int last = 0;
        for (int i = 0; i < 10; i++) {
            candidates.load(logits, 0);
            last = uninterrupted.sample(candidates, history);
            if (i < 9) {
                history.append(last);
            }
        }

        candidates.load(logits, 0);

        assertThat(continued.sample(candidates, history)).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity"})
    void refusesLogitsThatAreNoNumbers(float broken) {
        assertThatThrownBy(
                        () ->
                                sample(
                                        SamplingOptions.greedy(),
                                        1,
                                        new float[] {0, broken},
                                        NO_HISTORY))
                .isInstanceOf(SamplingException.class)
                .hasMessageContainingAll("token 1", "damaged");
    }

    @Test
    void refusesAVocabularyOfForbiddenTokens() {
        float forbidden = Float.NEGATIVE_INFINITY;
        SamplingOptions everyStage =
                SamplingOptions.defaults()
                        .withTopK(1)
                        .withTypicalP(0.5f)
                        .withTopP(0.5f)
                        .withMinP(0.5f)
                        .withTemperature(0.5f);

        assertThatThrownBy(
                        () -> sample(everyStage, 1, new float[] {forbidden, forbidden}, NO_HISTORY))
                .isInstanceOf(SamplingException.class)
                .hasMessageContaining("forbidden");
    }

    private static int sample(SamplingOptions options, long seed, float[] logits, int[] history) {
        Candidates candidates = new Candidates(logits.length);
        candidates.load(logits, 0);
        return new TokenSampler(options, seed, id -> "")
                .sample(candidates, new TokenHistory(history));
    }

    /** Some equal, some far apart. */
    private static float[] randomLogits(SplittableRandom random, int size) {
        float[] logits = new float[size];
        for (int i = 0; i < size; i++) {
            logits[i] = random.nextInt(4) == 0 ? 1 : (float) random.nextDouble(-4, 4);
        }
        return logits;
    }

    private static SamplingOptions randomOptions(SplittableRandom random, int vocabSize) {
        return SamplingOptions.defaults()
                .withTemperature(random.nextInt(5) == 0 ? 0 : (float) random.nextDouble(0.2, 2))
                .withTopK(random.nextBoolean() ? 0 : random.nextInt(1, 100))
                .withTypicalP(random.nextBoolean() ? 1 : (float) random.nextDouble())
                .withTopP(random.nextBoolean() ? 1 : (float) random.nextDouble())
                .withMinP(random.nextBoolean() ? 0 : (float) random.nextDouble(0.001, 0.999))
                .withPenalties(
                        new PenaltyOptions(
                                (float) random.nextDouble(0.5, 2),
                                (float) random.nextDouble(-1, 1),
                                (float) random.nextDouble(-1, 1),
                                random.nextInt(-1, 50)))
                .withLogitBias(Map.of(random.nextInt(vocabSize), (float) random.nextDouble(-3, 3)));
    }
}
