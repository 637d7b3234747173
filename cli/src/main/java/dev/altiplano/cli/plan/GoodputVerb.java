package dev.altiplano.cli.plan;

import dev.altiplano.planner.FailurePlan;
import dev.altiplano.planner.Plan;
import dev.altiplano.planner.TimeBudget;
import dev.altiplano.planner.TimeUse;
import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.quantity.Estimate;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.reliability.CheckpointInterval;
import dev.altiplano.planner.reliability.EffectiveTime;
import dev.altiplano.planner.reliability.KeptTime;
import dev.altiplano.planner.reliability.RateBand;
import dev.altiplano.planner.simulation.RecoveryPolicy;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code plan goodput}: stops and what they cost, in closed form. */
@Command(
        name = "goodput",
        mixinStandardHelpOptions = true,
        description = "Time between stops, checkpoint interval, effective time and days.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan goodput plan.yaml --explain",
            "  altiplano plan goodput plan.yaml --set reliability.restart=\"10 min\"",
        })
final class GoodputVerb extends PlanFileVerb {
    /** Less than this share of the days is what subtractions leave. */
    private static final double ROUNDING = 1e-12;

    @Override
    Answer answer() {
        Plan plan = plan();
        FailurePlan failures = plan.failures();
        EffectiveTime time = failures.effective();
        Answer answer =
                about(plan, "Failures and goodput")
                        .fact(
                                "profile",
                                "reliability profile",
                                plan.input().reliability().profile().name())
                        .fact("recovery", "recovery policy", policy(plan))
                        .fact("job_gpus", "GPUs of the job", plan.compute().jobGpus())
                        .fact("spare_nodes", "spare nodes", failures.spareNodes())
                        .figure("stops_per_day", "unexpected stops a day", stops(failures));
        if (failures.stopsPerHour().likelyPerHour() > 0) {
            answer.figure("mtti", "mean time between stops", mtti(failures));
        }
        if (time.rollbackMttiSeconds() > time.mttiSeconds()) {
            answer.figure(
                    "rollbacks_per_day",
                    "of these, back to a checkpoint",
                    86_400 / time.rollbackMttiSeconds(),
                    "",
                    failures.stops().grade());
        }
        if (Double.isFinite(time.mttiSeconds())) {
            seconds(answer, "restart", "restart, mean", time.restartSeconds(), Grade.ASSUMED);
        }
        seconds(answer, "stall", "stall of a checkpoint", time.stallSeconds(), Grade.STATED);
        if (Double.isFinite(time.intervalSeconds())) {
            seconds(
                    answer,
                    "interval",
                    "time between checkpoints",
                    time.intervalSeconds(),
                    Grade.DERIVED);
        }
        if (Double.isFinite(time.rollbackMttiSeconds())) {
            double young =
                    CheckpointInterval.youngSeconds(
                            time.stallSeconds(), time.rollbackMttiSeconds());
            seconds(answer, "interval_young", "the same by Young's formula", young, Grade.DERIVED);
        }
        share(answer, "effective", "effective time, exact", time.exact());
        share(answer, "effective_first_order", "the same, first order", time.firstOrder());
        share(answer, "bound_by_restart", "bound with free checkpoints", time.boundByRestart());
        share(answer, "planned", "share left by planned stops", failures.kept().plannedFactor());
        share(
                answer,
                "corruption",
                "share left by silent corruption",
                failures.kept().corruptionFactor());
        share(answer, "goodput", "goodput", failures.goodput().share());
        answer.figure("days", "days of training", failures.trainingDays().value());
        if (plan.input().reliability().recovery() == RecoveryPolicy.NONE) {
            share(
                    answer,
                    "no_stop",
                    "chance that no stop ends the run before",
                    failures.chanceOfNoStop());
            answer.note(
                    "With recovery none the first unexpected stop ends the run; the goodput and the"
                            + " days are those of a run that meets none.");
        }
        if (!plan.compute().speedIncludesStops()) {
            budget(answer, failures);
        } else {
            answer.note(
                    "The days are those of measured.gpu_hours, which hold the stops already: the"
                            + " goodput is 1, and the effective time stands beside it for comparison.");
        }
        movers(answer, "the days", failures.trainingDays());
        return answer.explain(terms(time)).explain(terms(failures));
    }

    private static String policy(Plan plan) {
        return plan.input()
                .reliability()
                .recovery()
                .name()
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    private static Quantity stops(FailurePlan failures) {
        RateBand rates = failures.stopsPerHour();
        return rate(
                failures,
                24 * rates.lowPerHour(),
                24 * rates.likelyPerHour(),
                24 * rates.highPerHour(),
                Unit.NONE);
    }

    private static Quantity mtti(FailurePlan failures) {
        RateBand rates = failures.stopsPerHour();
        double likely = 1 / rates.likelyPerHour();
        double high = rates.lowPerHour() > 0 ? rates.highMttiHours() : likely;
        return rate(failures, rates.lowMttiHours(), likely, high, Unit.of("h"));
    }

    /** Another form of the profile's rate, as trustworthy as the profile is. */
    private static Quantity rate(
            FailurePlan failures, double low, double likely, double high, Unit unit) {
        Quantity stops = failures.stops();
        return new Quantity(low, likely, high, unit, stops.grade(), stops.source(), stops.date());
    }

    private static void seconds(
            Answer answer, String key, String label, double seconds, Grade grade) {
        answer.figure(key, label, seconds, "s", grade);
    }

    private static void share(Answer answer, String key, String label, double share) {
        answer.figure(key, label, share, "", Grade.DERIVED);
    }

    private static void budget(Answer answer, FailurePlan failures) {
        double days = failures.trainingDays().value().likely();
        TimeBudget budget = TimeBudget.closed(failures, days);
        Grid grid =
                answer.grid("budget", "Where the days go")
                        .text("use", "what")
                        .number("days", "days")
                        .number("share", "share");
        for (TimeUse use : TimeUse.values()) {
            if (budget.of(use) > ROUNDING * days) {
                grid.row(use.title(), budget.of(use), budget.of(use) / days);
            }
        }
    }

    /** The inputs that move a result most. */
    static void movers(Answer answer, String what, Estimate estimate) {
        Grid grid =
                answer.grid("movers", "What moves " + what + " most")
                        .text("input", "input")
                        .number("share", "share of variance")
                        .number("value", "value")
                        .text("grade", "grade")
                        .text("source", "source");
        for (Estimate.Mover mover : estimate.movers()) {
            Quantity value = mover.quantity();
            grid.row(mover.input(), mover.share(), value, value.grade().toString(), value.source());
        }
    }

    private static List<Term> terms(EffectiveTime time) {
        if (Double.isInfinite(time.rollbackMttiSeconds())) {
            return List.of();
        }
        double rollback = time.rollbackMttiSeconds();
        double stall = time.stallSeconds();
        Term young =
                Term.of(
                        "time between checkpoints, Young",
                        CheckpointInterval.youngSeconds(stall, rollback),
                        "s",
                        "sqrt(2 w R), Young 1974",
                        "sqrt(2 x {} x {})",
                        stall,
                        rollback);
        return List.of(young, firstOrder(time), exact(time));
    }

    private static Term firstOrder(EffectiveTime time) {
        return Term.of(
                "effective time, first order",
                time.firstOrder(),
                "",
                "(1 - u0/M - τ/2R - s/2N) / (1 + w/τ), arXiv 2410.21680",
                "(1 - {} / {} - {} / 2 / {} - {} / 2 x {}) / (1 + {} / {})",
                time.restartSeconds(),
                time.mttiSeconds(),
                time.intervalSeconds(),
                time.rollbackMttiSeconds(),
                time.stepSeconds(),
                time.inPlacePerSecond(),
                time.stallSeconds(),
                time.intervalSeconds());
    }

    private static Term exact(EffectiveTime time) {
        return Term.of(
                "effective time, exact",
                time.exact(),
                "",
                "τ / (R e^{u0/M} (e^{(τ'+w')/R} - 1)), Daly 2006; R between stops that go back",
                "{} / ({} x exp({} / {}) x (exp({} / {}) - 1))",
                time.intervalSeconds(),
                time.rollbackMttiSeconds(),
                time.restartSeconds(),
                time.mttiSeconds(),
                time.segmentSeconds(),
                time.rollbackMttiSeconds());
    }

    /** What lies between the effective time and the goodput. */
    private static List<Term> terms(FailurePlan failures) {
        KeptTime kept = failures.kept();
        return List.of(
                Term.of(
                        "share left by planned stops",
                        kept.plannedFactor(),
                        "",
                        "1 / (1 + stops a day x length)",
                        "1 / (1 + {} x {} / 86400)",
                        kept.plannedPerDay(),
                        kept.plannedSeconds()),
                Term.of(
                        "share left by silent corruption",
                        kept.corruptionFactor(),
                        "",
                        "1 / (1 + c D s): c an hour, found after D hours, s training and checkpoints",
                        "1 / (1 + {} x {} x {})",
                        kept.corruptionsPerHour(),
                        kept.corruptionDelayHours(),
                        kept.harmfulShare()),
                Term.of(
                        "goodput",
                        failures.goodput().share(),
                        "",
                        "effective time x planned x corruption x speed under the cap",
                        "{} x {} x {} x {}",
                        kept.stops().exact(),
                        kept.plannedFactor(),
                        kept.corruptionFactor(),
                        failures.goodput().relativeThroughput()));
    }
}
