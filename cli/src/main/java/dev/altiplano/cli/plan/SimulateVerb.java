package dev.altiplano.cli.plan;

import dev.altiplano.planner.FailurePlan;
import dev.altiplano.planner.Plan;
import dev.altiplano.planner.RunPlanner;
import dev.altiplano.planner.SimulatedBill;
import dev.altiplano.planner.TimeBudget;
import dev.altiplano.planner.TimeUse;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.simulation.Percentiles;
import dev.altiplano.planner.simulation.PowerSeries;
import dev.altiplano.planner.simulation.RunFiles;
import dev.altiplano.planner.simulation.RunInput;
import dev.altiplano.planner.simulation.RunPhase;
import dev.altiplano.planner.simulation.RunResult;
import dev.altiplano.planner.simulation.RunSimulation;
import dev.altiplano.planner.simulation.SampleRunner;
import dev.altiplano.planner.simulation.SampleSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plan simulate}: the run from event to event, with many seeds. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Simulates the run with failures, checkpoints, spares and power, once for each sample.",
            "With --out also summary.json, events.csv, timeline.csv, power.csv and hash of the"
                    + " first sample."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan simulate plan.yaml --out run",
            "  altiplano plan simulate plan.yaml --days 54 --set samples=200 --seed 7",
        })
final class SimulateVerb extends PlanFileVerb {
    @Option(
            names = "--days",
            paramLabel = "N",
            description = "Cuts the run here, however far it comes.")
    private @Nullable Double days;

    @Option(
            names = "--power-resolution",
            paramLabel = "WINDOW",
            description = "Of power.csv: ${COMPLETION-CANDIDATES}; QUARTER_HOUR by default.")
    private PowerSeries.Resolution resolution = PowerSeries.Resolution.QUARTER_HOUR;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads for the samples; the result does not depend on them.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    Answer answer() throws IOException {
        if (days != null && !(days > 0 && days <= 36_500)) {
            throw usage("--days: expected a number above 0 and up to 36500, found " + days);
        }
        if (threads < 1 || threads > 1_000) {
            throw usage("--threads: expected 1 to 1000, found " + threads);
        }
        Plan plan = plan();
        BooleanSupplier late = deadline(plan.input());
        RunInput run = days == null ? RunPlanner.untilDone(plan) : RunPlanner.ofDays(plan, days);
        SampleSummary samples = new SampleRunner(threads).run(run, plan.input().samples(), late);
        Answer answer = summary(plan, samples, days);
        Path folder = outFolder();
        if (folder != null) {
            new RunFiles(folder).write(RunSimulation.trace(run, late), resolution);
            place(
                    folder.resolve("summary.json"),
                    AnswerJson.of("simulate", answer, false).toPrettyString() + "\n");
        }
        return answer;
    }

    private static Answer summary(Plan plan, SampleSummary samples, @Nullable Double cutAfterDays) {
        RunResult first = samples.runs().getFirst();
        Answer answer =
                about(plan, "Simulated run")
                        .fact("samples", "samples", samples.runs().size())
                        .fact("seed", "seed", plan.input().seed())
                        .fact(
                                "done_share",
                                "share of samples that finish",
                                samples.share(RunResult.Outcome.DONE))
                        .fact("hash", "hash of the first sample's events", first.hash());
        band(answer, "days", "days", samples.days(), 1, "d");
        band(answer, "effective", "effective share", samples.effectiveShare(), 1, "");
        band(answer, "tokens", "tokens", samples.tokens(), 1, "tokens");
        band(answer, "unexpected_stops", "unexpected stops", samples.unexpectedStops(), 1, "");
        band(
                answer,
                "planned_stops",
                "planned stops",
                samples.percentiles(RunResult::plannedStops),
                1,
                "");
        band(answer, "energy", "energy at the meter", samples.joules(), 3.6e9, "MWh");
        band(answer, "peak_power", "peak power at the meter", samples.peakWatts(), 1e6, "MW");
        band(answer, "demand", "highest 15-minute demand", samples.demandWatts(), 1e6, "MW");
        band(
                answer,
                "repairs",
                "repairs",
                samples.percentiles(run -> run.nodes().repairs()),
                1,
                "");
        band(
                answer,
                "fewest_spares",
                "fewest spares left",
                samples.percentiles(run -> run.nodes().fewestSpares()),
                1,
                "");
        band(
                answer,
                "exhausted",
                "time without a spare",
                samples.percentiles(run -> run.nodes().exhaustedMicros() / 3.6e9),
                1,
                "h");
        SimulatedBill bill = new SimulatedBill(plan);
        band(answer, "cost", "cost", samples.percentiles(bill::usd), 1e6, "MUSD");
        band(
                answer,
                "electricity",
                "electricity in it",
                samples.percentiles(bill::electricityUsd),
                1e6,
                "MUSD");
        band(
                answer,
                "carbon",
                "CO2 of the energy, location-based",
                samples.percentiles(run -> bill.carbon(run).tonnes()),
                1,
                "t");
        budget(answer, plan, samples, cutAfterDays);
        phases(answer, samples);
        causes(answer, samples);
        return answer;
    }

    private static void band(
            Answer answer, String key, String label, Percentiles p, double over, String unit) {
        answer.figure(
                key,
                label,
                new Quantity(
                        p.p10() / over,
                        p.p50() / over,
                        p.p90() / over,
                        Unit.of(unit),
                        Grade.DERIVED,
                        "simulation: P10, P50, P90",
                        ""));
    }

    /** The same days twice, so that nobody meets two numbers without the way between them. */
    private static void budget(
            Answer answer, Plan plan, SampleSummary samples, @Nullable Double cutAfterDays) {
        FailurePlan failures = plan.failures();
        double closedDays =
                cutAfterDays == null ? failures.trainingDays().value().likely() : cutAfterDays;
        TimeBudget closed = TimeBudget.closed(failures, closedDays);
        TimeBudget simulated = TimeBudget.simulated(plan, samples);
        Grid grid =
                answer.grid("budget", "Where the days go: closed form and mean of the samples")
                        .text("use", "what")
                        .number("closed_days", "closed form, d")
                        .number("simulated_days", "simulated, d")
                        .number("difference_days", "difference, d");
        for (TimeUse use : TimeUse.values()) {
            if (closed.of(use) != 0 || simulated.of(use) != 0) {
                budgetRow(grid, use.title(), closed.of(use), simulated.of(use));
            }
        }
        budgetRow(grid, "all", closed.totalDays(), simulated.totalDays());
        answer.note(
                "The closed form takes means, lets every stop go back to the last checkpoint and"
                        + " knows no curtailment and no missing spare; the simulation draws them.");
    }

    private static void budgetRow(Grid grid, String what, double closed, double simulated) {
        grid.row(what, closed, simulated, simulated - closed);
    }

    private static void phases(Answer answer, SampleSummary samples) {
        Grid grid =
                answer.grid("phases", "Mean hours by phase")
                        .text("phase", "phase")
                        .number("hours", "hours")
                        .number("share", "share");
        double wall = samples.mean(RunResult::wallMicros);
        for (RunPhase phase : RunPhase.values()) {
            double micros = samples.mean(run -> run.phaseMicros(phase));
            if (micros > 0) {
                grid.row(phase.label(), micros / 3.6e9, micros / wall);
            }
        }
    }

    private static void causes(Answer answer, SampleSummary samples) {
        Grid grid =
                answer.grid("causes", "Means by cause")
                        .text("cause", "cause")
                        .number("stops", "stops")
                        .number("stopped_hours", "hours stopped")
                        .number("lost_work_hours", "hours of work lost");
        int count = samples.runs().getFirst().losses().size();
        for (int i = 0; i < count; i++) {
            int index = i;
            double stops = samples.mean(run -> run.losses().get(index).stops());
            if (stops > 0) {
                grid.row(
                        samples.runs().getFirst().losses().get(index).cause(),
                        stops,
                        samples.mean(run -> run.losses().get(index).stoppedMicros()) / 3.6e9,
                        samples.mean(run -> run.losses().get(index).lostWorkMicros()) / 3.6e9);
            }
        }
    }
}
