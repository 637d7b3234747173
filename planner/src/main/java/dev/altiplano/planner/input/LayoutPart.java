package dev.altiplano.planner.input;

import dev.altiplano.planner.schema.Section;
import dev.altiplano.planner.step.DataSharding;
import dev.altiplano.planner.step.Layout;
import dev.altiplano.planner.step.Recompute;
import dev.altiplano.planner.step.Schedule;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code layout} and {@code search}. */
final class LayoutPart {
    private LayoutPart() {}

    static LayoutInput read(Section root, ClusterInput cluster) {
        Section search = root.block("search");
        Optional<Layout> named =
                root.optionalBlock("layout").map(own -> layout(own, cluster.gpus()));
        if (named.isEmpty()) {
            root.text("layout");
        }
        return new LayoutInput(
                named,
                root.place("layout"),
                search.whole("cp_max"),
                Duration.ofMillis(Math.round(1_000 * search.number("timeout"))),
                search.optionalText("engine"));
    }

    private static Layout layout(Section section, long gpus) {
        int tp = section.whole("tp");
        int cp = section.whole("cp");
        int pp = section.whole("pp");
        long block = (long) tp * cp * pp;
        int dp =
                section.optionalNumber("dp")
                        .map(Double::intValue)
                        .orElse((int) Math.max(1, gpus / block));
        int v = section.whole("v");
        int group =
                section.optionalNumber("shard_group")
                        .map(Double::intValue)
                        .orElse((int) Math.min(100_000_000L, (long) dp * cp));
        return new Layout(
                tp,
                cp,
                pp,
                section.whole("ep"),
                section.whole("expert_tp"),
                dp,
                v,
                section.whole("micro"),
                sharding(section.text("zero")),
                group,
                section.choice("recompute", Recompute.class),
                section.optionalText("schedule")
                        .map(LayoutPart::schedule)
                        .orElse(v > 1 ? Schedule.INTERLEAVED : Schedule.ONE_F_ONE_B));
    }

    private static DataSharding sharding(String word) {
        return switch (word) {
            case "0" -> DataSharding.ZERO_0;
            case "1" -> DataSharding.ZERO_1;
            case "2" -> DataSharding.ZERO_2;
            case "3" -> DataSharding.ZERO_3;
            default -> DataSharding.FSDP_HELD;
        };
    }

    private static Schedule schedule(String word) {
        return switch (word) {
            case "interleaved" -> Schedule.INTERLEAVED;
            case "zb-h1" -> Schedule.ZB_H1;
            case "zb-h2" -> Schedule.ZB_H2;
            case "dual-pipe" -> Schedule.DUAL_PIPE;
            default -> Schedule.ONE_F_ONE_B;
        };
    }
}
