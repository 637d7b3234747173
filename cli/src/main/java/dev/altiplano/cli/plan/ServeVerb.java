package dev.altiplano.cli.plan;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.money.ServingFleet;
import dev.altiplano.planner.money.TokenCost;
import dev.altiplano.planner.money.TokenSales;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.schema.DefaultUsed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plan serve}: nodes for a day's tokens, what a million costs, what they would bring. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Nodes that a day's tokens keep busy, what they cost and what they bring.",
            "They bring list prices. What is not given is that of a published day (DeepSeek, March"
                    + " 2025). With a plan a GPU-hour costs what the plan says, else the"
                    + " catalogue's rent."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan serve",
            "  altiplano plan serve plan.yaml --input 2T --output 100B --output-rate 9K --explain",
        })
final class ServeVerb extends PlanFileVerb {
    @Option(names = "--input", paramLabel = "TOKENS", description = "Prompt tokens of a day.")
    private @Nullable String input;

    @Option(
            names = "--cached",
            paramLabel = "TOKENS",
            description = "Those of them found in the cache.")
    private @Nullable String cached;

    @Option(names = "--output", paramLabel = "TOKENS", description = "Generated tokens of a day.")
    private @Nullable String output;

    @Option(
            names = "--input-rate",
            paramLabel = "TOKENS/S",
            description = "Prompt tokens per second of a node.")
    private @Nullable String inputRate;

    @Option(
            names = "--output-rate",
            paramLabel = "TOKENS/S",
            description = "Generated tokens per second of a node.")
    private @Nullable String outputRate;

    @Option(names = "--node-gpus", paramLabel = "N", description = "GPUs of a node; 8.")
    private int nodeGpus = 8;

    @Option(
            names = "--utilisation",
            paramLabel = "SHARE",
            description = "Mean load over full load, 0.01 to 1; 1.")
    private double utilisation = 1;

    @Option(names = "--price", paramLabel = "USD", description = "Of a GPU-hour.")
    private @Nullable String price;

    @Option(
            names = "--sale-cached",
            paramLabel = "USD",
            description = "Price of a million prompt tokens from the cache.")
    private @Nullable String saleCached;

    @Option(
            names = "--sale-input",
            paramLabel = "USD",
            description = "Price of a million other prompt tokens.")
    private @Nullable String saleInput;

    @Option(
            names = "--sale-output",
            paramLabel = "USD",
            description = "Price of a million generated tokens.")
    private @Nullable String saleOutput;

    private final List<DefaultUsed> defaults = new ArrayList<>();

    @Override
    Answer answer() {
        if (nodeGpus < 1 || nodeGpus > 100_000) {
            throw usage("--node-gpus: expected 1 to 100000, found " + nodeGpus);
        }
        if (!(utilisation >= 0.01 && utilisation <= 1)) {
            throw usage("--utilisation: expected 0.01 to 1, found " + utilisation);
        }
        double prompts = number("--input", input, "serving-input-day");
        double answers = number("--output", output, "serving-output-day");
        double prefill = rate("--input-rate", inputRate, "serving-input-rate");
        double decode = rate("--output-rate", outputRate, "serving-output-rate");
        double usdPerGpuHour = usdPerGpuHour();
        ServingFleet fleet = new ServingFleet(prompts, answers, prefill, decode);
        double usdPerDay = fleet.usdPerDay(nodeGpus, usdPerGpuHour) / utilisation;
        TokenCost in = new TokenCost(usdPerGpuHour * nodeGpus, prefill, utilisation);
        TokenCost out = new TokenCost(usdPerGpuHour * nodeGpus, decode, utilisation);
        Answer answer =
                new Answer("Serving a day's tokens")
                        .figure("nodes", "busy nodes, mean", fleet.nodes(), "", Grade.DERIVED)
                        .figure(
                                "gpus",
                                "their GPUs, at the mean load given",
                                fleet.nodes() * nodeGpus / utilisation,
                                "gpus",
                                Grade.DERIVED)
                        .figure("gpu_hour", "a GPU-hour", usdPerGpuHour, "USD", Grade.STATED)
                        .figure("day", "a day", usdPerDay, "USD", Grade.DERIVED);
        money(answer, "million_input", "a million prompt tokens", in.usdPerMillionTokens());
        money(answer, "million_output", "a million generated tokens", out.usdPerMillionTokens());
        if (answers > 0) {
            money(
                    answer,
                    "million_output_bearing_all",
                    "a million generated tokens, if they bear the whole day",
                    1e6 * usdPerDay / answers);
        }
        money(
                answer,
                "million_all",
                "a million of all tokens",
                1e6 * usdPerDay / Math.max(1, prompts + answers));
        List<Term> terms = new ArrayList<>(fleet.terms());
        terms.addAll(in.terms());
        terms.addAll(out.terms());
        sales(answer, terms, prompts, answers, usdPerDay);
        return answer.explain(terms)
                .defaults(defaults)
                .note("Mean load: a daily peak needs more nodes than this.");
    }

    private void sales(
            Answer answer, List<Term> terms, double prompts, double answers, double usdPerDay) {
        double hits = number("--cached", cached, "serving-cached-day");
        if (hits > prompts) {
            throw usage("--cached: expected at most the %s of --input".formatted(prompts));
        }
        TokenSales sales =
                new TokenSales(
                        List.of(
                                line(
                                        "cached prompts",
                                        hits,
                                        "--sale-cached",
                                        saleCached,
                                        "price-cached"),
                                line(
                                        "other prompts",
                                        prompts - hits,
                                        "--sale-input",
                                        saleInput,
                                        "price-input"),
                                line(
                                        "generated",
                                        answers,
                                        "--sale-output",
                                        saleOutput,
                                        "price-output")));
        money(answer, "sales", "a day's tokens at list prices", sales.usd());
        if (usdPerDay > 0) {
            answer.figure(
                    "margin", "profit over cost", sales.marginOver(usdPerDay), "", Grade.DERIVED);
        }
        terms.addAll(sales.terms());
    }

    private TokenSales.Line line(
            String kind, double tokens, String option, @Nullable String sale, String figure) {
        return new TokenSales.Line(kind, tokens, number(option, sale, figure));
    }

    private static void money(Answer answer, String key, String label, double usd) {
        answer.figure(key, label, usd, "USD", Grade.DERIVED);
    }

    private double usdPerGpuHour() {
        if (price != null || !hasPlan()) {
            return number("--price", price, "rental");
        }
        Plan plan = plan();
        defaults.add(
                new DefaultUsed(
                        "--price",
                        Cells.text(plan.money().gpuHourCost().value()),
                        "a worked GPU-hour of the plan"));
        return plan.money().hour().usdPerGpuHour();
    }

    private double rate(String option, @Nullable String text, String figure) {
        double value = number(option, text, figure);
        if (value <= 0) {
            throw usage(option + ": expected a rate above 0, found " + text);
        }
        return value;
    }

    /** What is given, or the catalogue's figure, which then is named as a default. */
    private double number(String option, @Nullable String text, String figure) {
        if (text != null) {
            return NumberOption.read(option, text, 0, 1e18);
        }
        var known = catalog().figure(figure);
        Quantity value = known.value();
        defaults.add(
                new DefaultUsed(
                        option,
                        Cells.text(
                                Quantity.exactly(
                                        value.likely(),
                                        value.unit(),
                                        value.grade(),
                                        value.source())),
                        known.title() + ", " + value.source()));
        return figure.equals("rental") ? value.in(HOURLY).likely() : value.likely();
    }

    private static final Unit HOURLY = Unit.of("USD/gpu/h");
}
