package dev.altiplano.planner.report;

import dev.altiplano.planner.simulation.PowerPlan;
import dev.altiplano.planner.simulation.RunResult;
import dev.altiplano.planner.site.StepPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a simulated run draws at the meter: all of it, around a curtailment, and within a step. */
final class PowerPicture {
    private final Texts texts;
    private final Study study;
    private final Study.Run run;
    private final RunPower power;
    private final double most;
    private final PowerRunDrawing drawing;

    private PowerPicture(Texts texts, Study study, Study.Run run) {
        this.texts = texts;
        this.study = study;
        this.run = run;
        power = new RunPower(run);
        most =
                Math.max(
                        result().power().peakWatts(),
                        power.standing().map(PowerPlan.Cap::watts).orElse(0.0));
        drawing = new PowerRunDrawing(texts, power, most);
    }

    static Section of(Texts texts, Study study, Study.Run run) {
        return new PowerPicture(texts, study, run).section();
    }

    private RunResult result() {
        return run.trace().result();
    }

    private Section section() {
        List<String> drawings = new ArrayList<>(List.of(drawing.whole(lead()), drawing.closeUp()));
        Optional<StepPattern> pattern = PowerStepDrawing.pattern(study, run, power);
        pattern.ifPresent(
                steps -> drawings.add(new PowerStepDrawing(texts, steps, most).drawing()));
        return new Section(
                "power-curve",
                texts.text("power.title"),
                lead(),
                drawings,
                legend(),
                List.of(figures(pattern), pieces()));
    }

    private String lead() {
        RunResult.Power drawn = result().power();
        String limit =
                power.standing()
                        .map(cap -> texts.text("power.limit", megawatts(cap.watts())))
                        .orElse(texts.text("power.no.limit"));
        return texts.text(
                "power.lead",
                megawatts(drawn.joules() / power.seconds()),
                megawatts(drawn.peakWatts()),
                megawatts(drawn.largestStepWatts()),
                limit,
                texts.whole(power.windows().size()));
    }

    private List<Section.LegendEntry> legend() {
        return List.of(
                new Section.LegendEntry("c0", texts.text("power.mean")),
                new Section.LegendEntry("c4", texts.text("power.range")),
                new Section.LegendEntry("alert", texts.text("power.cap")),
                new Section.LegendEntry("c1", texts.text("power.window")));
    }

    private DataTable figures(Optional<StepPattern> pattern) {
        RunResult.Power drawn = result().power();
        DataTable table =
                new DataTable(
                        texts.text("power.figures"),
                        texts.text("power.figure"),
                        texts.text("power.value"));
        row(table, "power.figure.energy", texts.number(drawn.joules() / 3.6e12, 1), "GWh");
        row(table, "power.figure.mean", megawatts(drawn.joules() / power.seconds()), "MW");
        row(table, "power.figure.peak", megawatts(drawn.peakWatts()), "MW");
        row(table, "power.figure.demand", megawatts(drawn.demandWatts()), "MW");
        row(table, "power.figure.change", megawatts(drawn.largestStepWatts()), "MW");
        pattern.ifPresent(
                steps -> {
                    StepPattern.Oscillation wave = steps.fundamental();
                    row(table, "power.figure.swing", megawatts(steps.swingWatts()), "MW");
                    row(table, "power.figure.wave", megawatts(wave.amplitudeWatts()), "MW");
                    row(table, "power.figure.rate", texts.number(wave.hertz(), 3), "Hz");
                });
        return table;
    }

    private void row(DataTable table, String key, String value, String unit) {
        table.row(texts.text(key), value + "\u00a0" + unit);
    }

    private DataTable pieces() {
        DataTable table =
                new DataTable(
                        texts.text("power.pieces"),
                        texts.text("timeline.days"),
                        texts.text("power.mean"),
                        texts.text("power.lowest"),
                        texts.text("power.highest"));
        for (RunPower.Piece piece : drawing.marks()) {
            table.row(
                    drawing.days(piece),
                    megawatts(piece.mean()),
                    megawatts(piece.lowest()),
                    megawatts(piece.highest()));
        }
        return table;
    }

    private String megawatts(double watts) {
        return texts.megawatts(watts);
    }
}
