package dev.altiplano.model.vision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ImageTokensTest {
    private static final ImageTokens IDS = new ImageTokens(80, 81, 90, 92, 84, 85);

    @Test
    void writesOneTileBetweenImageTokens() {
        assertThat(IDS.layout(new TilePlan(1, 1, 4, 4), 2)).containsExactly(80, 90, 92, 92, 81);
    }

    @Test
    void writesTheCanvasRowByRowAndTheGlobalTileLast() {
        assertThat(IDS.layout(new TilePlan(2, 2, 8, 8), 1))
                .containsExactly(80, 92, 84, 92, 85, 92, 84, 92, 85, 90, 92, 81);
    }

    @Test
    void putsTheLayoutInThePlaceOfTheImageToken() {
        assertThat(IDS.expand(new int[] {7, 90, 8}, new TilePlan(1, 1, 4, 4), 1))
                .containsExactly(7, 80, 90, 92, 81, 8);
    }

    @Test
    void takesAnImageTokenForAPlaceholderOnlyWhereNoPatchIsWritten() {
        assertThat(IDS.isPlaceholder(new int[] {7, 90, 8})).isTrue();
        assertThat(IDS.isPlaceholder(new int[] {80, 90, 92, 81})).isFalse();
        assertThat(IDS.isPlaceholder(new int[] {90, 90})).isFalse();
        assertThat(IDS.isPlaceholder(new int[] {7, 8})).isFalse();
    }
}
