package dev.altiplano.planner.report;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.catalog.Accelerator;
import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.catalog.NodeType;
import dev.altiplano.planner.catalog.SiteFigures;
import dev.altiplano.planner.catalog.Source;
import dev.altiplano.planner.input.MoneyInput;
import dev.altiplano.planner.quantity.Estimate;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.step.StepConstants;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where every figure comes from, how good it is, and what it touches. */
final class Provenance {
    private static final String STEP = "step";
    private static final String MEMORY = "memory";
    private static final String RUN = "run";
    private static final String POWER = "power";
    private static final String COST = "cost";
    private static final String REGIONS = "regions";
    private static final String CARBON = "carbon";

    /** A document and the key in it: {@code default, money.staff}. */
    private static final Pattern GIVEN = Pattern.compile("(.+), ([a-z0-9_.]+)");

    private final Texts texts;
    private final FigureWriter writer;
    private final ClaimWords words;
    private final Catalog catalog;
    private final Plan plan;
    private final DataTable figures;
    private final Set<String> sources = new TreeSet<>();

    private Provenance(Texts texts, Catalog catalog, Plan plan) {
        this.texts = texts;
        writer = new FigureWriter(texts);
        words = new ClaimWords(texts);
        this.catalog = catalog;
        this.plan = plan;
        figures =
                new DataTable(
                                texts.text("provenance.figures"),
                                texts.text("provenance.figure"),
                                texts.text("provenance.value"),
                                texts.text("provenance.band"),
                                texts.text("provenance.grade"),
                                texts.text("provenance.source"),
                                texts.text("provenance.date"),
                                texts.text("provenance.touches"))
                        .words(3, 4, 5, 6);
    }

    static Section of(Texts texts, Catalog catalog, Plan plan) {
        return new Provenance(texts, catalog, plan).section();
    }

    private Section section() {
        accelerator(plan.input().cluster().accelerator());
        node(plan.input().cluster().node());
        fitted(StepConstants.FITTED);
        add("stops", plan.failures().stops(), RUN, COST);
        site();
        money(plan.input().money());
        return new Section(
                "provenance",
                texts.text("provenance.title"),
                texts.text("provenance.lead", texts.whole(figures.rows().size())),
                List.of(),
                List.of(),
                List.of(results(), figures, sources(), grades()));
    }

    private void accelerator(Accelerator chip) {
        add("chip.bf16", chip.bf16(), STEP, RUN, COST);
        add("chip.memory", chip.usableMemory(), MEMORY);
        add("chip.bandwidth", chip.bandwidth(), STEP, RUN);
        chip.link().ifPresent(link -> add("chip.link", link, STEP, RUN));
        add("chip.tdp", chip.tdp(), POWER, COST, REGIONS);
        add("chip.idle", chip.idle(), POWER);
        add("chip.speed", chip.speed(), STEP, RUN);
    }

    private void node(NodeType node) {
        add("node.host", node.hostWatts(), POWER, COST, REGIONS);
        add("node.training", node.trainingShare(), POWER, COST, REGIONS);
        add("node.nic", node.nic(), STEP, RUN);
    }

    private void fitted(StepConstants constants) {
        fitted("fit.gemm", constants.gemmPeakShare());
        fitted("fit.half", constants.gemmHalfSize());
        fitted("fit.attention", constants.attentionPeakShare());
        fitted("fit.traffic", constants.layerTraffic());
        fitted("fit.link", constants.linkShare());
        fitted("fit.network", constants.networkShare());
        fitted("fit.memory", constants.memoryShare());
        fitted("fit.head", constants.headPeakShare());
    }

    private void fitted(String key, double value) {
        add(
                key,
                Quantity.exactly(value, Unit.NONE, Grade.FITTED, "fitted on 16 published rows"),
                STEP,
                RUN,
                COST);
    }

    private void site() {
        add("site.pue", plan.input().site().pue(), POWER, COST, REGIONS);
        SiteFigures figures = plan.input().site().figures();
        add("figure.network-and-storage", figures.networkShare(), POWER, COST, REGIONS);
        add("figure.waiting-share", figures.waitingShare(), POWER);
        add("figure.fixed-overhead-share", figures.fixedShare(), POWER);
        add("figure.power-cap-exponent", figures.capExponent(), RUN, POWER);
        plan.input()
                .cluster()
                .node()
                .trainingMaximum()
                .ifPresent(most -> add("node.maximum", most, POWER));
        add("region.carbon", plan.input().site().region().carbon(), CARBON, REGIONS);
        add("figure.embodied", figures.embodied(), CARBON);
        add("figure.water", figures.water(), CARBON);
    }

    private void money(MoneyInput money) {
        add("money.server", money.server(), COST);
        add("money.network", money.network(), COST);
        add("money.building", money.building(), COST);
        add("money.life", money.life(), COST);
        add("money.residual", money.residual(), COST);
        add("money.utilisation", money.utilisation(), COST);
        add("money.tariff", money.tariff(), COST);
        add("money.demand", money.demandCharge(), COST);
        add("money.staff", money.staff(), COST);
        add("money.rental", money.rental(), COST);
    }

    private void add(String key, Quantity quantity, String... touches) {
        sources.add(quantity.source());
        figures.row(
                texts.text("given." + key),
                value(quantity),
                band(quantity),
                texts.text("grade." + quantity.grade()),
                source(quantity.source()),
                quantity.date(),
                Arrays.stream(touches)
                        .map(touched -> texts.text("touched." + touched))
                        .collect(Collectors.joining(", ")));
    }

    private String value(Quantity quantity) {
        String unit = quantity.unit().symbol();
        return number(quantity.likely()) + (unit.isEmpty() ? "" : "\u00a0" + writer.unit(unit));
    }

    private String band(Quantity quantity) {
        return quantity.isExact()
                ? "–"
                : number(quantity.low()) + "\u00a0–\u00a0" + number(quantity.high());
    }

    /** Large and tiny numbers with an exponent, others as the language writes them. */
    private String number(double value) {
        double size = Math.abs(value);
        return size != 0 && (size >= 1e7 || size < 1e-3)
                ? writer.write(Numbers.text(value))
                : texts.significant(value, 4);
    }

    /** The short name of the list below, or a sentence. */
    private String source(String name) {
        if (catalog.sources().containsKey(name)) {
            return name;
        }
        Matcher given = GIVEN.matcher(name);
        return given.matches()
                ? words.phrase(given.group(1)) + " (" + given.group(2) + ")"
                : words.phrase(name);
    }

    private DataTable results() {
        DataTable table =
                new DataTable(
                                texts.text("provenance.results"),
                                texts.text("provenance.result"),
                                texts.text("provenance.value"),
                                texts.text("provenance.band"),
                                texts.text("provenance.grade"),
                                texts.text("provenance.movers"))
                        .words(3, 4);
        table.row(
                texts.text("result.speed"),
                value(plan.compute().tokensPerSecond()),
                band(plan.compute().tokensPerSecond()),
                texts.text("grade." + plan.compute().tokensPerSecond().grade()),
                "–");
        estimate(table, "result.days", plan.failures().trainingDays());
        estimate(table, "result.training-power", plan.power().training());
        estimate(table, "result.energy", plan.power().energy());
        estimate(table, "result.carbon", plan.carbon().location());
        estimate(table, "result.gpu-hour", plan.money().gpuHourCost());
        estimate(table, "result.run-cost", plan.money().runCost());
        return table;
    }

    private void estimate(DataTable table, String key, Estimate estimate) {
        table.row(
                texts.text(key),
                value(estimate.value()),
                band(estimate.value()),
                texts.text("grade." + estimate.value().grade()),
                estimate.movers().stream()
                        .map(
                                mover ->
                                        words.phrase(mover.input())
                                                + " ("
                                                + texts.percent(mover.share())
                                                + ")")
                        .collect(Collectors.joining(", ")));
    }

    private DataTable sources() {
        DataTable table =
                new DataTable(
                                texts.text("provenance.sources"),
                                texts.text("provenance.short"),
                                texts.text("provenance.source"),
                                texts.text("provenance.date"))
                        .words(1, 2);
        for (String name : sources) {
            Source source = catalog.sources().get(name);
            if (source != null) {
                table.row(name, texts.textOr("source." + name, source.title()), source.date());
            }
        }
        return table;
    }

    private DataTable grades() {
        DataTable table =
                new DataTable(
                                texts.text("provenance.grades"),
                                texts.text("provenance.grade"),
                                texts.text("provenance.meaning"))
                        .words(1);
        for (Grade grade : Grade.values()) {
            table.row(texts.text("grade." + grade), texts.text("grade." + grade + ".meaning"));
        }
        return table;
    }
}
