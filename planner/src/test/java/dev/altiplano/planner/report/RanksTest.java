package dev.altiplano.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.input.PlanReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RanksTest {
    private static final PlanInput INPUT =
            new PlanReader(Catalog.builtIn())
                    .read(
                            "plan",
                            "{model: llama-4-maverick, training: {tokens: 1T}, cluster: {accelerator: h100-sxm,"
                                    + " gpus: 512}, layout: {tp: 4, cp: 2, pp: 2, ep: 16, dp: 32}}",
                            List.of());
    private static final Ranks RANKS =
            new Ranks(INPUT.layout().named().orElseThrow(), INPUT.cluster());

    @Test
    void ranksCountThroughTensorContextStageAndCopy() {
        long rank = 16 * 5 + 8 + 4 + 3;

        assertThat(RANKS.place(Ranks.Axis.DP, rank)).isEqualTo(5);
        assertThat(RANKS.place(Ranks.Axis.PP, rank)).isEqualTo(1);
        assertThat(RANKS.place(Ranks.Axis.CP, rank)).isEqualTo(1);
        assertThat(RANKS.place(Ranks.Axis.TP, rank)).isEqualTo(3);
    }

    @Test
    void eachPartOfTheExpertsStandsEquallyOftenInEachStage() {
        Map<List<Long>, Integer> ranks = new HashMap<>();
        for (long rank = 0; rank < 512; rank++) {
            List<Long> place =
                    List.of(RANKS.place(Ranks.Axis.PP, rank), RANKS.place(Ranks.Axis.EP, rank));
            ranks.merge(place, 1, Integer::sum);
        }

        assertThat(ranks).hasSize(2 * 16);
        assertThat(ranks.values()).containsOnly(512 / 32);
    }

    @Test
    void ranksOfACellShareCopyAndStage() {
        for (long first = 0; first < 512; first += RANKS.alike()) {
            for (long rank = first; rank < first + RANKS.alike(); rank++) {
                assertThat(RANKS.place(Ranks.Axis.PP, rank))
                        .isEqualTo(RANKS.place(Ranks.Axis.PP, first));
                assertThat(RANKS.node(rank)).isEqualTo(RANKS.node(first));
            }
        }
    }

    @Test
    void neighboursHaveDifferentColours() {
        assertThat(RANKS.styles(0, 8)).isEqualTo("cell d0 p0 e0 k0 t0");
        assertThat(RANKS.styles(8, 8)).isEqualTo("cell d0 p1 e0 k0 t0");
        assertThat(RANKS.styles(16, 8)).isEqualTo("cell d1 p0 e1 k0 t0");
    }
}
