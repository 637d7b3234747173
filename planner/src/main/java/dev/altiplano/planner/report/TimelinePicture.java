package dev.altiplano.planner.report;

import dev.altiplano.planner.simulation.RunPhase;
import dev.altiplano.planner.simulation.RunResult;
import dev.altiplano.planner.simulation.Trace;
import java.util.List;

/** What one simulated run does, when and why: the whole of it, and a part that can be moved. */
final class TimelinePicture {
    private static final int BINS = 60;
    private static final double MICROS_PER_HOUR = 3_600e6;

    private final Texts texts;
    private final Study study;
    private final Trace trace;
    private final RunResult result;

    private TimelinePicture(Texts texts, Study study, Trace trace) {
        this.texts = texts;
        this.study = study;
        this.trace = trace;
        this.result = trace.result();
    }

    static Section of(Texts texts, Study study, Trace trace) {
        return new TimelinePicture(texts, study, trace).section();
    }

    private Section section() {
        List<RunBins.Bin> bins = RunBins.of(trace, BINS);
        return new Section(
                "timeline",
                texts.text("timeline.title"),
                lead(),
                List.of(
                        TimelineOverview.draw(texts, bins, study.plan().failures().spareNodes()),
                        TimelineDetail.draw(texts, trace)),
                legend(),
                List.of(causes(), phases(), pieces(bins)));
    }

    private String lead() {
        String all = result.outcome() == RunResult.Outcome.HORIZON ? "cut" : "done";
        RunResult.Loss worst =
                result.losses().stream()
                        .reduce((a, b) -> b.isUnexpected() && b.stops() > a.stops() ? b : a)
                        .orElseThrow();
        return texts.text(
                "timeline.lead." + all,
                texts.number(result.days(), 1),
                texts.percent(result.effectiveShare()),
                texts.whole(result.unexpectedStops()),
                texts.whole(worst.stops()),
                cause(worst.cause()),
                texts.whole(result.plannedStops()),
                texts.whole(study.plan().failures().spareNodes()),
                texts.whole(result.nodes().fewestSpares()),
                texts.days(study.plan().failures().trainingDays().value().likely()));
    }

    private List<Section.LegendEntry> legend() {
        return PhaseColour.PHASES.stream()
                .filter(phase -> result.phaseMicros(phase) > 0)
                .map(
                        phase ->
                                new Section.LegendEntry(
                                        PhaseColour.of(phase), texts.text(PhaseColour.key(phase))))
                .toList();
    }

    private DataTable causes() {
        DataTable table =
                new DataTable(
                        texts.text("timeline.causes"),
                        texts.text("timeline.cause"),
                        texts.text("timeline.stops"),
                        texts.text("timeline.stopped"),
                        texts.text("timeline.lost"));
        result.losses().stream()
                .filter(loss -> loss.stops() > 0 || loss.stoppedMicros() > 0)
                .forEach(
                        loss ->
                                table.row(
                                        cause(loss.cause()),
                                        texts.whole(loss.stops()),
                                        hours(loss.stoppedMicros()),
                                        hours(loss.lostWorkMicros())));
        return table;
    }

    private String cause(String name) {
        return texts.textOr("cause." + name, name);
    }

    private String hours(long micros) {
        return texts.number(micros / MICROS_PER_HOUR, 1);
    }

    private DataTable phases() {
        DataTable table =
                new DataTable(
                        texts.text("timeline.phases"),
                        texts.text("timeline.phase"),
                        texts.text("timeline.hours"),
                        texts.text("column.share"));
        for (RunPhase phase : PhaseColour.PHASES) {
            long micros = result.phaseMicros(phase);
            table.row(
                    texts.text(PhaseColour.key(phase)),
                    hours(micros),
                    texts.percent(micros / (double) result.wallMicros()));
        }
        return table.row(texts.text("column.sum"), hours(result.wallMicros()), texts.percent(1));
    }

    private DataTable pieces(List<RunBins.Bin> bins) {
        DataTable table =
                new DataTable(
                        texts.text("timeline.pieces"),
                        texts.text("timeline.days"),
                        texts.text("phase.training"),
                        texts.text("timeline.stops"),
                        texts.text("timeline.spares"));
        for (RunBins.Bin bin : bins) {
            table.row(
                    TimelineOverview.days(texts, bin),
                    texts.percent(bin.share(RunPhase.TRAINING)),
                    texts.whole(bin.stops()),
                    texts.whole(bin.fewestSpares()));
        }
        return table;
    }
}
