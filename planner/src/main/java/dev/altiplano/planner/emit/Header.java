package dev.altiplano.planner.emit;

import dev.altiplano.planner.step.DataSharding;

/** The comment that opens every file; all four formats take {@code #}. */
final class Header {
    private Header() {}

    static String of(EmitInput input, String version) {
        EmitInput.Origin origin = input.origin();
        StringBuilder text = new StringBuilder(256);
        line(text, "plan: " + origin.planHash());
        line(text, "for: " + version);
        line(text, "date of the plan: " + origin.date());
        if (origin.defaults().isEmpty()) {
            line(text, "defaults used: none");
        }
        origin.defaults().forEach(used -> line(text, "default used: " + used));
        return text.toString();
    }

    /** What torchtitan does instead where it has no such sharding; empty if it has. */
    static String sharding(EmitInput input) {
        DataSharding planned = input.layout().sharding();
        boolean missing = planned == DataSharding.ZERO_1 || planned == DataSharding.ZERO_2;
        return missing
                ? """
                # The plan has %s; torchtitan has FSDP alone. Without resharding it gathers the
                # weights once a step, the nearest it offers. Gradients stay whole until the last micro-batch.
                """
                        .formatted(planned)
                : "";
    }

    private static void line(StringBuilder text, String content) {
        text.append("# ").append(Quote.comment(content)).append('\n');
    }
}
