package dev.altiplano.model.vision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TilePlanTest {
    private static final ImageTokens IDS = new ImageTokens(1, 2, 3, 4, 5, 6);

    @ParameterizedTest(name = "{0} x {1}")
    @CsvSource({
        "336, 336, 1, 1, 336, 336, 147",
        "100, 100, 1, 1, 336, 336, 147",
        "200, 300, 1, 1, 224, 336, 147",
        "337, 336, 2, 1, 337, 336, 437",
        "640, 480, 2, 2, 640, 480, 727",
        "800, 600, 3, 2, 800, 600, 1017",
        "1024, 768, 4, 3, 1024, 768, 1887",
        "1920, 1080, 5, 3, 1680, 945, 2322",
        "1080, 1920, 3, 5, 945, 1680, 2322",
        "3000, 500, 8, 2, 2688, 448, 2467",
        "4032, 3024, 4, 3, 1344, 1008, 1887",
        "2000, 2000, 4, 4, 1344, 1344, 2467",
        "10, 2000, 1, 6, 10, 2000, 1017"
    })
    void choosesCanvasSizeAndTokensAsTheReferenceDoes(
            int width, int height, int columns, int rows, int toWidth, int toHeight, int tokens) {
        TilePlan plan = TilePlan.of(width, height, 336);

        assertThat(plan).isEqualTo(new TilePlan(columns, rows, toWidth, toHeight));
        assertThat(IDS.layout(plan, 144)).hasSize(tokens);
    }

    @ParameterizedTest(name = "{0} x {1}")
    @CsvSource({"1, 1", "1, 32768", "32768, 1", "32768, 1525", "7, 31999", "5376, 336"})
    void keepsAnImageOfAnyShapeOnItsCanvas(int width, int height) {
        TilePlan plan = TilePlan.of(width, height, 336);

        assertThat(plan.columns() * plan.rows()).isBetween(1, TilePlan.CANVAS_TILES_MAX);
        assertThat(plan.width()).isBetween(1, plan.columns() * 336);
        assertThat(plan.height()).isBetween(1, plan.rows() * 336);
    }
}
