package dev.altiplano.model.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class RopeConfigTest {
    private static final double BASE = 500_000;

    @Test
    void frequenciesFallFromOneByPowersOfTheBase() {
        RopeConfig rope = RopeConfig.of(10_000, 4, new RopeConfig.NoScaling());
        assertThat(rope.frequency(0)).isEqualTo(1);
        assertThat(rope.frequency(1)).isCloseTo(0.01f, within(1e-9f));
    }

    /** Source: the table of bands in the specification, computed from Meta's formula. */
    @Test
    void llama31KeepsShortWavesStretchesLongOnesAndBlendsBetween() {
        RopeConfig plain = RopeConfig.of(BASE, 128, new RopeConfig.NoScaling());
        RopeConfig scaled = RopeConfig.of(BASE, 128, new RopeConfig.Llama3(8, 1, 4, 8192));
        for (int i = 0; i < 64; i++) {
            float ratio = plain.frequency(i) / scaled.frequency(i);
            if (i < 29) {
                assertThat(ratio).as("pair %d", i).isEqualTo(1);
            } else if (i < 35) {
                assertThat(ratio).as("pair %d", i).isStrictlyBetween(1f, 8f);
            } else {
                assertThat(ratio).as("pair %d", i).isCloseTo(8, within(1e-5f));
            }
        }
    }

    @Test
    void scoutHasNoBandBetween() {
        RopeConfig plain = RopeConfig.of(BASE, 128, new RopeConfig.NoScaling());
        RopeConfig scaled = RopeConfig.of(BASE, 128, new RopeConfig.Llama3(16, 1, 1, 8192));
        for (int i = 0; i < 64; i++) {
            float ratio = plain.frequency(i) / scaled.frequency(i);
            assertThat(ratio).as("pair %d", i).isEqualTo(i < 35 ? 1 : 16);
        }
    }

    @Test
    void divisorsOfAFileAreTheSameScaling() {
        RopeConfig plain = RopeConfig.of(BASE, 128, new RopeConfig.NoScaling());
        RopeConfig scaled = RopeConfig.of(BASE, 128, new RopeConfig.Llama3(32, 1, 4, 8192));
        float[] divisors = new float[64];
        for (int i = 0; i < 64; i++) {
            divisors[i] = plain.frequency(i) / scaled.frequency(i);
        }
        RopeConfig divided = RopeConfig.withDivisors(BASE, divisors);
        for (int i = 0; i < 64; i++) {
            float expected = scaled.frequency(i);
            assertThat(divided.frequency(i)).isCloseTo(expected, within(expected * 2e-7f));
        }
    }

    @Test
    void linearScalingDividesThePosition() {
        RopeConfig plain = RopeConfig.of(BASE, 64, new RopeConfig.NoScaling());
        RopeConfig scaled = RopeConfig.of(BASE, 64, new RopeConfig.Linear(4));
        float[] expected = new float[64];
        float[] found = new float[64];

        plain.rotation(25, expected, 0);
        scaled.rotation(100, found, 0);

        assertThat(found).containsExactly(expected, within(1e-5f));
    }

    @Test
    void rotationHoldsCosineAndSineOfEachPair() {
        RopeConfig rope = RopeConfig.of(10_000, 4, new RopeConfig.NoScaling());
        float[] rotation = new float[5];

        rope.rotation(3, rotation, 1);

        float[] expected = {
            0,
            (float) Math.cos(3),
            (float) Math.sin(3),
            (float) Math.cos(0.03f),
            (float) Math.sin(0.03f)
        };
        assertThat(rotation).containsExactly(expected, within(1e-7f));
    }
}
