package dev.altiplano.planner.report;

import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.simulation.PowerPlan;
import dev.altiplano.planner.simulation.RunPhase;
import dev.altiplano.planner.site.StepPattern;
import dev.altiplano.planner.step.StepTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the power of a run goes up and down within one training step. */
record PowerStepDrawing(Texts texts, StepPattern pattern, double mostWatts) {
    private static final double STEPS_SHOWN = 2.5;

    /** All accelerators work together, and together wait for the exchange of gradients. */
    static Optional<StepPattern> pattern(Study study, Study.Run run, RunPower power) {
        FacilityPower training = level(run, power, RunPhase.TRAINING);
        FacilityPower waiting = level(run, power, RunPhase.CHECKPOINTING);
        return study.plan()
                .layout()
                .chosen()
                .map(
                        chosen -> {
                            StepTime step = chosen.step();
                            double together = step.dpSeconds() + step.stragglerSeconds();
                            return new StepPattern(
                                    List.of(
                                            new StepPattern.Phase(
                                                    "work", step.seconds() - together, training),
                                            new StepPattern.Phase("wait", together, waiting)));
                        });
    }

    /** The whole site in one phase, all of the job's nodes in their places. */
    private static FacilityPower level(Study.Run run, RunPower power, RunPhase phase) {
        PowerPlan plan = run.input().power();
        double each = phase == RunPhase.TRAINING ? plan.busyWatts() : plan.waitingWatts();
        double drawn =
                plan.fixedWatts()
                        + run.input().fleet().jobNodes() * each
                        + run.input().fleet().spareNodes() * plan.idleWatts();
        double cap = power.standing().map(PowerPlan.Cap::watts).orElse(Double.POSITIVE_INFINITY);
        return new FacilityPower(Math.min(drawn, cap));
    }

    String drawing() {
        StepPattern.Oscillation wave = pattern.fundamental();
        PowerChart chart =
                new PowerChart(
                        texts,
                        texts.text(
                                "power.step",
                                texts.number(pattern.stepSeconds(), 2),
                                texts.megawatts(pattern.swingWatts())),
                        texts.text(
                                "power.step.description",
                                texts.number(wave.hertz(), 2),
                                texts.megawatts(wave.amplitudeWatts())),
                        PowerChart.time(0, STEPS_SHOWN * pattern.stepSeconds()),
                        mostWatts);
        chart.axes(texts.text("power.seconds"));
        List<Svg.Point> points = new ArrayList<>();
        double at = 0;
        while (at < STEPS_SHOWN * pattern.stepSeconds()) {
            for (StepPattern.Phase phase : pattern.phases()) {
                double until = Math.min(STEPS_SHOWN * pattern.stepSeconds(), at + phase.seconds());
                points.add(new Svg.Point(at, phase.power().watts()));
                points.add(new Svg.Point(until, phase.power().watts()));
                at = until;
            }
        }
        return chart.line(points, "curve").end();
    }
}
