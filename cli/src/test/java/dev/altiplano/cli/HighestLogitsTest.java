package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HighestLogitsTest {
    private static final float[] LOGITS = {1, 3, 2, 3, -1};

    @Test
    void bestComesFirstAndOfEqualsTheLowerId() {
        assertThat(HighestLogits.of(LOGITS, 3)).containsExactly(1, 3, 2);
        assertThat(HighestLogits.of(LOGITS, 1)).containsExactly(1);
    }

    @Test
    void asksForMoreThanThereAre() {
        assertThat(HighestLogits.of(LOGITS, 99)).containsExactly(1, 3, 2, 0, 4);
        assertThat(HighestLogits.of(LOGITS, 0)).isEmpty();
    }
}
