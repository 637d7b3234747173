package dev.altiplano.planner.catalog;

import static dev.altiplano.planner.schema.Shape.number;
import static dev.altiplano.planner.schema.Shape.whole;

import dev.altiplano.planner.schema.Key;
import dev.altiplano.planner.schema.Section;
import dev.altiplano.planner.schema.Shape;
import dev.altiplano.planner.step.AttentionPattern;
import dev.altiplano.planner.step.ModelShape;
import dev.altiplano.planner.step.MoeShape;
import java.util.Optional;

/** The keys that describe a model, here and in plan files, and what they mean. */
public final class Models {
    private static final Shape.Numeric WIDTH = whole(1, 1 << 24);

    private static final Shape.Block MOE =
            Shape.block(
                    Key.required("experts", whole(1, 100_000), "routed experts of a layer"),
                    Key.withDefault("top_k", whole(1, 100_000), "1", "experts of one token"),
                    Key.withDefault(
                            "shared", whole(0, 100_000), "0", "experts that every token passes"),
                    Key.withDefault(
                            "every", whole(1, 10_000), "1", "one layer in so many has experts"),
                    Key.optional("ffn_expert", WIDTH, "width of an expert; by default ffn"));

    private static final Shape.Block ATTENTION =
            Shape.block(
                    Key.required("chunk", whole(1, 1 << 30), "tokens of a chunk"),
                    Key.withDefault(
                            "full_every",
                            whole(0, 10_000),
                            "4",
                            "one layer in so many sees the whole sequence; 0 for none"));

    public static final Shape.Block SHAPE =
            Shape.block(
                    Key.required("layers", whole(1, 10_000), "layers of the decoder"),
                    Key.required("hidden", WIDTH, "width of the residual stream"),
                    Key.required("ffn", WIDTH, "width of a feed-forward layer without experts"),
                    Key.required("heads", whole(1, 65_536), "query heads"),
                    Key.optional(
                            "kv_heads", whole(1, 65_536), "key and value heads; by default heads"),
                    Key.optional(
                            "head_dim",
                            whole(1, 65_536),
                            "size of a head; by default hidden / heads"),
                    Key.required("vocab", whole(1, 1 << 26), "entries of the vocabulary"),
                    Key.withDefault(
                            "tied",
                            new Shape.Flag(),
                            "false",
                            "whether embedding and output head are one matrix"),
                    Key.withDefault(
                            "gated",
                            new Shape.Flag(),
                            "true",
                            "whether the feed-forward layer has a gate (three matrices)"),
                    Key.optional("moe", MOE, "experts"),
                    Key.optional("attention", ATTENTION, "chunked attention"),
                    Key.optional(
                            "vision_params",
                            number("", 0, 1e15),
                            "parameters outside the decoder"));

    private Models() {}

    /** The shape that a checked section describes. */
    public static ModelShape shape(Section section) {
        int hidden = section.whole("hidden");
        int heads = section.whole("heads");
        int ffn = section.whole("ffn");
        return new ModelShape(
                section.whole("layers"),
                hidden,
                ffn,
                heads,
                optional(section, "kv_heads").orElse(heads),
                optional(section, "head_dim").orElse(Math.max(1, hidden / heads)),
                section.whole("vocab"),
                section.flag("tied"),
                section.flag("gated") ? 3 : 2,
                section.optionalBlock("moe").map(moe -> moe(moe, ffn)).orElse(MoeShape.NONE),
                section.optionalBlock("attention")
                        .map(Models::attention)
                        .orElse(AttentionPattern.FULL),
                section.optionalNumber("vision_params").map(Math::round).orElse(0L));
    }

    private static MoeShape moe(Section section, int ffn) {
        return new MoeShape(
                section.whole("experts"),
                section.whole("top_k"),
                section.whole("shared"),
                section.whole("every"),
                optional(section, "ffn_expert").orElse(ffn));
    }

    private static AttentionPattern attention(Section section) {
        return new AttentionPattern(section.whole("chunk"), section.whole("full_every"));
    }

    private static Optional<Integer> optional(Section section, String name) {
        return section.optionalNumber(name).map(Double::intValue);
    }
}
