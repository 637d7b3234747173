package dev.altiplano.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DryTest {
    private static final DryOptions OPTIONS =
            DryOptions.OFF.withMultiplier(0.5f).withBase(2).withAllowedLength(2);
    private static final int VOCAB = 26;

    @Test
    void penalisesWhatFollowedTheSameTextBefore() {
        float[] logits = logitsAfter("abcdxabc", OPTIONS);

        // "abc" came before and "d" followed: 0.5 * 2^(3 - 2).
        assertThat(logits['d' - 'a']).isEqualTo(-1f);
        assertThat(logits['x' - 'a']).isZero();
    }

    @Test
    void leavesRepetitionsBelowTheAllowedLengthAlone() {
        assertThat(logitsAfter("abxb", OPTIONS)['x' - 'a']).isZero();
        assertThat(logitsAfter("abxab", OPTIONS)['x' - 'a']).isEqualTo(-0.5f);
    }

    @Test
    void takesTheLongestOfSeveralRepetitions() {
        assertThat(logitsAfter("bcdabcdabc", OPTIONS)['d' - 'a']).isEqualTo(-0.5f * 16);
    }

    @Test
    void doesNotLookAcrossASequenceBreaker() {
        DryOptions options = OPTIONS.withSequenceBreakers(List.of("x"));

        assertThat(logitsAfter("axbcdaxbc", options)['d' - 'a']).isEqualTo(-0.5f);
        assertThat(logitsAfter("bcxbc", options)['x' - 'a']).isZero();
        assertThat(logitsAfter("bcxabcx", options)['a' - 'a']).isZero();
    }

    @Test
    void knowsABreakerThatIsSpreadOverTokens() {
        DryOptions options = OPTIONS.withSequenceBreakers(List.of("xy"));

        assertThat(logitsAfter("axybcdaxybc", options)['d' - 'a']).isEqualTo(-0.5f);
    }

    @Test
    void looksBackOnlyAsFarAsItIsTold() {
        assertThat(logitsAfter("abcdxabc", OPTIONS.withLastTokens(7))['d' - 'a']).isEqualTo(-0.5f);
        assertThat(logitsAfter("abcdxabc", OPTIONS.withLastTokens(4))['d' - 'a']).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void findsTheRepetitionsThatComparingAllTextsFinds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DryOptions options = OPTIONS.withSequenceBreakers(List.of("d"));
        for (int round = 0; round < 50; round++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(2, 60), 0, 4).forEach(i -> text.append(letter(i)));

            float[] logits = logitsAfter(text.toString(), options);

            for (int next = 0; next < 4; next++) {
                assertThat(logits[next])
                        .as("%s, then %s", text, letter(next))
                        .isEqualTo(-penalty(text.toString(), next, options));
            }
        }
    }

    /** The longest end of the text without "d" that stands somewhere before {@code next}. */
    private static float penalty(String text, int next, DryOptions options) {
        if (letter(next).equals("d")) {
            return 0;
        }
        for (int length = text.length() - 1; length >= options.allowedLength(); length--) {
            String end = text.substring(text.length() - length);
            if (!end.contains("d") && text.contains(end + letter(next))) {
                return (float) (0.5 * Math.pow(2, Math.min(length, Dry.REPETITION_MAX) - 2));
            }
        }
        return 0;
    }

    private static float[] logitsAfter(String text, DryOptions options) {
        Candidates candidates = new Candidates(VOCAB);
        candidates.load(new float[VOCAB], 0);
        TokenHistory history = new TokenHistory(text.chars().map(c -> c - 'a').toArray());

        new Dry(options, DryTest::letter).apply(candidates, history);

        float[] logits = new float[VOCAB];
        for (int i = 0; i < VOCAB; i++) {
            logits[i] = candidates.logit(i);
        }
        return logits;
    }

    private static String letter(int id) {
        return Character.toString('a' + id);
    }
}
