package dev.altiplano.planner.input;

import static dev.altiplano.planner.schema.Key.optional;
import static dev.altiplano.planner.schema.Key.required;
import static dev.altiplano.planner.schema.Key.withDefault;
import static dev.altiplano.planner.schema.Shape.block;
import static dev.altiplano.planner.schema.Shape.either;
import static dev.altiplano.planner.schema.Shape.number;
import static dev.altiplano.planner.schema.Shape.whole;
import static dev.altiplano.planner.schema.Shape.words;

import dev.altiplano.planner.catalog.Accelerator;
import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.catalog.Models;
import dev.altiplano.planner.catalog.NodeType;
import dev.altiplano.planner.catalog.Profiles;
import dev.altiplano.planner.catalog.Region;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.schema.Key;
import dev.altiplano.planner.schema.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The keys of a plan file: read by {@link PlanReader}, printed by {@code plan schema}. */
public final class PlanKeys {
    /** Ten million GPUs is a hundred times the largest cluster of 2024. */
    static final long GPUS_MAX = 10_000_000;

    private static final double TOKENS_MAX = 1e18;
    private static final double YEARS_MAX = 100;
    private static final Shape.Numeric SHARE = number("", 0, 1);
    private static final Shape.Numeric DEGREE = whole(1, GPUS_MAX);
    private static final Shape.Text TEXT = new Shape.Text(200);
    private static final Shape.Text FILE = new Shape.Text(4_096);

    private PlanKeys() {}

    /** The whole file; the names that it may use are those of {@code catalog}. */
    public static Shape.Block root(Catalog catalog) {
        return block(
                withDefault("name", TEXT, "plan", "what the plan is called"),
                required(
                        "model",
                        either(
                                name("model", "models", catalog.models(), ErrorCode.E304),
                                Models.SHAPE),
                        "name from the catalogue, own block, or a config.json"),
                required("training", training(), "what is trained, and how"),
                required("cluster", cluster(catalog), "what it is trained on"),
                withDefault(
                        "layout",
                        either(words("search"), LAYOUT),
                        "search",
                        "how the model is spread, or search"),
                optional("search", SEARCH, "bounds of the search"),
                optional("reliability", reliability(catalog), "failures and recovery"),
                optional("site", site(catalog), "power, grid and place"),
                optional("money", money(catalog), "prices"),
                optional("measured", MEASURED, "figures to use in the place of modelled ones"),
                withDefault("seed", whole(0, 1L << 53), "1", "seed of all random draws"),
                withDefault("samples", whole(1, 10_000), "200", "runs of a simulation"));
    }

    private static Shape.Name name(
            String what, String part, Map<String, ?> known, ErrorCode unknown) {
        return new Shape.Name(what, part, Catalog.names(known), unknown);
    }

    private static final Shape.Block PRECISION =
            block(
                    withDefault("compute", words("bf16", "fp16", "fp32", "fp8"), "bf16", "matmuls"),
                    withDefault("weights", words("bf16", "fp16", "fp32"), "bf16", "kept weights"),
                    withDefault("gradients", words("bf16", "fp16", "fp32"), "fp32", "gradients"),
                    withDefault("master", words("none", "fp32"), "fp32", "second copy of weights"),
                    withDefault("moments", words("bf16", "fp16", "fp32"), "fp32", "both moments"),
                    withDefault(
                            "fp8_share", SHARE, "0", "share of the matmul FLOPs that run in FP8"));

    private static final Shape.Block EXPOSED =
            block(
                    withDefault("tp", SHARE, "1", "exposed tensor-parallel communication"),
                    withDefault("cp", SHARE, "1", "exposed context-parallel communication"),
                    withDefault("ep", SHARE, "1", "exposed expert-parallel communication"),
                    withDefault("dp", SHARE, "1", "exposed data-parallel tail"));

    private static final Shape.Block BATCH_PHASE =
            block(
                    required("from", number("", 0, TOKENS_MAX), "tokens after which it begins"),
                    required("batch_tokens", number("", 1, 1e15), "tokens of one step"),
                    required("sequence", whole(1, 1L << 40), "tokens of one sequence"));

    private static Shape.Block training() {
        return block(
                required("tokens", number("", 1, TOKENS_MAX), "tokens of the run, as 15.6T"),
                withDefault("sequence", whole(1, 1L << 40), "8192", "tokens of one sequence"),
                withDefault(
                        "batch_tokens",
                        either(
                                number("", 1, 1e15),
                                block(
                                        required("min", number("", 1, 1e15), "at least"),
                                        required("max", number("", 1, 1e15), "at most"))),
                        "16777216",
                        "tokens of one step, or a range {min, max}"),
                optional(
                        "batch_schedule",
                        new Shape.ListOf(BATCH_PHASE, 100),
                        "a batch that grows during the run"),
                withDefault("optimizer", words("adamw", "lamb", "sgd"), "adamw", "optimizer"),
                optional("precision", PRECISION, "number formats"),
                withDefault(
                        "attention_flops",
                        words("none", "causal", "full"),
                        "causal",
                        "which attention FLOPs the run's MFU counts"),
                withDefault("flash", new Shape.Flag(), "true", "fused attention"),
                withDefault(
                        "activations",
                        words("lean", "fused", "unfused"),
                        "lean",
                        "which intermediate results a layer keeps"),
                withDefault(
                        "expert_capacity", number("", 1, 100), "1", "rows of an expert over mean"),
                withDefault(
                        "expert_imbalance",
                        number("", 1, 1000),
                        "1.2",
                        "load of the fullest expert rank over the mean"),
                withDefault("logit_chunks", whole(1, 1 << 20), "1", "pieces of the loss"),
                optional("exposed", EXPOSED, "communication that is not hidden, 0 to 1"));
    }

    private static final Shape.Block FABRIC =
            block(
                    withDefault("rack", DEGREE, "16", "accelerators of a rack"),
                    withDefault("pod", DEGREE, "3072", "accelerators at full bisection"),
                    withDefault(
                            "oversubscription",
                            number("", 1, 10_000),
                            "7",
                            "how much less bandwidth leaves a pod"),
                    optional("nic", number("Gb/s", 1e-3, 1e6), "network rate per accelerator"),
                    withDefault("link_latency", number("s", 0, 1), "5 us", "a hop in a node"),
                    withDefault("network_latency", number("s", 0, 1), "20 us", "a hop outside"));

    private static Shape.Block cluster(Catalog catalog) {
        List<Key> own = new ArrayList<>(Accelerator.SHAPE.keys());
        own.add(
                withDefault(
                        "dense",
                        new Shape.Flag(),
                        "false",
                        "says that bf16 is dense, although it is twice another's"));
        return block(
                required(
                        "accelerator",
                        either(
                                name(
                                        "accelerator",
                                        "hardware",
                                        catalog.accelerators(),
                                        ErrorCode.E304),
                                new Shape.Block(own)),
                        "name from the catalogue, or own block"),
                required("gpus", whole(1, GPUS_MAX), "accelerators of the cluster"),
                optional(
                        "node",
                        either(
                                name("node", "hardware", catalog.nodes(), ErrorCode.E304),
                                NodeType.SHAPE),
                        "name from the catalogue, or own block; by default that of the accelerator"),
                optional("fabric", FABRIC, "network"),
                withDefault(
                        "spares",
                        either(words("auto"), whole(0, GPUS_MAX)),
                        "auto",
                        "nodes kept free for failures"),
                optional("inventory", FILE, "CSV file of nodes, beside the plan"));
    }

    private static final Shape.Block LAYOUT =
            block(
                    withDefault("tp", DEGREE, "1", "tensor parallel"),
                    withDefault("cp", DEGREE, "1", "context parallel"),
                    withDefault("pp", DEGREE, "1", "pipeline stages"),
                    withDefault("ep", DEGREE, "1", "expert parallel"),
                    withDefault("expert_tp", DEGREE, "1", "tensor parallel inside an expert"),
                    optional("dp", DEGREE, "data parallel; by default what fills the cluster"),
                    withDefault("v", DEGREE, "1", "virtual stages of a rank"),
                    withDefault("micro", DEGREE, "1", "sequences of a micro-batch"),
                    withDefault(
                            "zero",
                            words("0", "1", "2", "3", "fsdp-held"),
                            "1",
                            "ZeRO stage, or FSDP that keeps gathered weights under a pipeline"),
                    optional("shard_group", DEGREE, "ranks that share the states; by default all"),
                    withDefault(
                            "recompute", words("none", "selective", "full"), "none", "recomputed"),
                    optional(
                            "schedule",
                            words("1f1b", "interleaved", "zb-h1", "zb-h2", "dual-pipe"),
                            "pipeline schedule; by default interleaved where v is above 1"));

    private static final Shape.Block SEARCH =
            block(
                    withDefault("cp_max", DEGREE, "1", "largest context-parallel degree to try"),
                    withDefault("timeout", number("s", 0.01, 86_400), "60 s", "time allowed"),
                    optional(
                            "engine",
                            words("torchtitan-toml", "torchtitan-py"),
                            "engine whose limits hold"));

    private static Shape.Block reliability(Catalog catalog) {
        Shape.Numeric time = number("s", 0, 1e7);
        Shape.Block checkpoint =
                block(
                        withDefault(
                                "interval",
                                either(words("auto"), number("s", 1e-3, 1e8)),
                                "auto",
                                "time between two checkpoints, or auto (Daly)"),
                        withDefault("stall", time, "5 s", "training stands still so long"),
                        withDefault("bytes_per_param", number("", 1, 100), "14", "saved bytes"));
        return block(
                withDefault(
                        "profile",
                        either(
                                name("profile", "reliability", catalog.profiles(), ErrorCode.E304),
                                Profiles.SHAPE),
                        "llama3-2024",
                        "name from the catalogue, or own block"),
                withDefault(
                        "recovery",
                        words("restart", "hot-spare", "in-place", "elastic", "none"),
                        "hot-spare",
                        "what happens after a stop"),
                optional("checkpoint", checkpoint, "when the state is saved"),
                withDefault("storage", number("TB/s", 1e-6, 1e5), "2 TB/s", "sustained rate"),
                optional("restart", time, "from a stop to training; by default by its parts"),
                withDefault(
                        "corruption_delay",
                        time,
                        "6 h",
                        "mean time until silent data corruption is found"));
    }

    private static Shape.Block site(Catalog catalog) {
        Shape.Numeric power = number("W", 0, 1e11);
        Shape.Block window =
                block(
                        required("from", new Shape.Moment(), "when it begins"),
                        optional("until", new Shape.Moment(), "when it ends"),
                        optional("hours", number("h", -1e6, 1e6), "or how long it lasts"),
                        required(
                                "to",
                                either(power, new Shape.BoundedPower()),
                                "power allowed; without a boundary, at that of the cap"));
        return block(
                withDefault(
                        "region",
                        either(
                                name("region", "regions", catalog.regions(), ErrorCode.E301),
                                Region.SHAPE),
                        "US",
                        "name from the catalogue, or own block"),
                withDefault(
                        "pue",
                        number("", 1, 5).telling(ErrorCode.E202),
                        written(catalog, "pue-meta"),
                        "power usage effectiveness at design load"),
                optional(
                        "series",
                        FILE,
                        "CSV beside the plan: hour of the run, kg/kWh and USD/kWh of its grid"),
                optional("cap", new Shape.BoundedPower(), "largest power, {value, of}"),
                optional("ramp", number("W/s", 0, 1e12), "largest change, as 10 MW/min"),
                optional(
                        "curtailment", new Shape.ListOf(window, 10_000), "windows with less power"),
                withDefault("start", new Shape.Moment(), "2026-01-01T00:00", "start of the run"),
                withDefault(
                        "cap_policy",
                        words("cap-gpus", "pause", "shrink"),
                        "cap-gpus",
                        "how the run stays below a cap"));
    }

    /** The likely value of a figure, as a plan would write it. */
    private static String written(Catalog catalog, String figure) {
        Quantity value = catalog.figure(figure).value();
        return Quantity.exactly(value.likely(), value.unit(), value.grade(), value.source())
                .toString();
    }

    private static Shape.Block money(Catalog catalog) {
        Shape.Numeric capital = number("USD/gpu", 0, 1e9);
        return block(
                withDefault("server", capital, written(catalog, "server"), "capital for servers"),
                withDefault("network", capital, "0", "capital for network that servers leave out"),
                withDefault("building", capital, "0", "capital for the building"),
                withDefault(
                        "life",
                        number("y", 0.01, YEARS_MAX),
                        written(catalog, "life"),
                        "useful life"),
                withDefault(
                        "residual", SHARE, written(catalog, "residual"), "value left at its end"),
                withDefault("utilisation", number("", 0.01, 1), "1", "share of hours in use"),
                withDefault(
                        "tariff",
                        either(words("auto"), number("USD/kWh", 0, 100)),
                        "auto",
                        "price of electricity, or that of the region"),
                withDefault(
                        "demand_charge",
                        number("USD/kW/month", 0, 1e4),
                        written(catalog, "demand-charge"),
                        "charge for the peak"),
                withDefault("staff", number("USD/y", 0, 1e12), "0", "staff of the site"),
                withDefault(
                        "rental", number("USD/gpu/h", 0, 1e5), written(catalog, "rental"), "rent"));
    }

    private static final Shape.Block MEASURED =
            block(
                    optional(
                            "tokens_per_gpu",
                            number("tokens/s", 1e-9, 1e9),
                            "tokens per second and accelerator"),
                    optional(
                            "flops_per_gpu",
                            number("TFLOP/s", 1e-6, 1e6),
                            "model FLOP/s per accelerator, as training.attention_flops counts"),
                    optional(
                            "gpu_hours",
                            number("", 1e-3, 1e15),
                            "accelerator hours of the whole run"),
                    optional("watts_per_gpu", number("W", 0, 1e5), "power of one accelerator"));
}
