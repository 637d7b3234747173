package dev.altiplano.model.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ExpertRouterTest {
    @Test
    void groupsTokensByExpertInTheirOrder() {
        try (OracleCase top2 = new OracleCase("llama4-top2-tiny")) { // 2 of 4 experts a token
            ExpertRouter router = new ExpertRouter(top2.config, 3);
            float[] logits = {0, 1, 2, -1, 5, 4, 3, 2, -5, 7, -6, 6};

            router.route(logits, 3);

            assertThat(router.rows(0)).isOne();
            assertThat(router.token(0, 0)).isEqualTo(1);
            assertThat(router.rows(1)).isEqualTo(3);
            assertThat(router.token(1, 0)).isEqualTo(0);
            assertThat(router.token(1, 2)).isEqualTo(2);
            assertThat(router.rows(2)).isOne();
            assertThat(router.rows(3)).isOne();
            assertThat(router.token(3, 0)).isEqualTo(2);
            assertThat(router.score(0, 0))
                    .isCloseTo((float) (1 / (1 + Math.exp(-5))), within(1e-6f));
        }
    }

    @Test
    void ofEqualLogitsTheLowerExpertWins() {
        try (OracleCase top2 = new OracleCase("llama4-top2-tiny")) {
            ExpertRouter router = new ExpertRouter(top2.config, 2);

            router.route(new float[] {1, 1, 1, 1, 0, 3, 3, 3}, 2);

            assertThat(router.rows(0)).isOne();
            assertThat(router.rows(1)).isEqualTo(2);
            assertThat(router.rows(2)).isOne();
            assertThat(router.rows(3)).isZero();
        }
    }

    @Test
    void logitsThatAreNoNumbersStillGiveEachTokenItsExperts() {
        try (OracleCase top2 = new OracleCase("llama4-top2-tiny")) {
            ExpertRouter router = new ExpertRouter(top2.config, 1);
            float nan = Float.NaN;

            router.route(new float[] {nan, nan, nan, 1}, 1);

            int rows = router.rows(0) + router.rows(1) + router.rows(2) + router.rows(3);
            assertThat(rows).isEqualTo(2);
        }
    }
}
