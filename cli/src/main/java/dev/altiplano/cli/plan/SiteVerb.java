package dev.altiplano.cli.plan;

import dev.altiplano.planner.SiteStudy;
import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.site.BoundaryPowers;
import dev.altiplano.planner.site.CapProof;
import dev.altiplano.planner.site.CurtailmentPlan;
import dev.altiplano.planner.site.FleetOffer;
import dev.altiplano.planner.site.PowerReading;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plan site}: the fleet that a cap carries, and what windows with less power cost. */
@Command(
        name = "site",
        mixinStandardHelpOptions = true,
        description = {
            "The largest fleet under the site's cap in each reading.",
            "Also the ways to keep the cap, and what each policy loses in windows with less power."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan site plan.yaml --set \"site.cap={value: 150 MW, of: facility}\"",
            "  altiplano plan site plan.yaml --reading typical --json",
        })
final class SiteVerb extends PlanFileVerb {
    /** What an accelerator at full speed is taken to draw. */
    enum Full {
        RATED(PowerReading.RATED),
        MAXIMUM(PowerReading.MEASURED_MAXIMUM),
        TYPICAL(PowerReading.TYPICAL);

        private final PowerReading reading;

        Full(PowerReading reading) {
            this.reading = reading;
        }
    }

    @Option(
            names = "--reading",
            paramLabel = "READING",
            description = "Draw at full speed: ${COMPLETION-CANDIDATES}; RATED by default.")
    private Full full = Full.RATED;

    @Override
    Answer answer() {
        PlanInput input = input();
        SiteStudy study =
                SiteStudy.of(input, full.reading, Runtime.getRuntime().availableProcessors());
        Answer answer =
                about(input, "A fleet under a cap")
                        .fact("region", "region", input.site().region().title())
                        .fact("reading", "full speed draws", full.reading.title())
                        .fact("fits", "the whole cluster fits", study.offers().fits())
                        .figure("cap", "cap at the meter", study.cap().megawatts(), "MW", stated())
                        .figure("pue", "PUE at design load", input.site().pue())
                        .figure(
                                "tokens_per_day",
                                "tokens a day of the plan's job at full power",
                                study.tokensPerSecond() * 86_400,
                                "tokens",
                                Grade.FITTED);
        fleets(answer, study);
        offers(answer, study);
        windows(answer, study);
        List<Problem> refusal = study.offers().refusal();
        refusal.forEach(problem -> answer.note(problem.toString()));
        return refusal.isEmpty() ? answer : answer.exitCode(PlanExit.INFEASIBLE);
    }

    private static Grade stated() {
        return Grade.STATED;
    }

    private static void fleets(Answer answer, SiteStudy study) {
        Grid grid =
                answer.grid("fleets", "What the cap feeds")
                        .text("reading", "reading")
                        .number("it_watts_per_gpu", "W per GPU, IT")
                        .number("facility_watts_per_gpu", "W per GPU, facility")
                        .number("gpus", "GPUs");
        for (PowerReading reading : PowerReading.values()) {
            BoundaryPowers each = study.readings().perAccelerator(reading);
            grid.row(
                    reading.title(),
                    each.it().watts(),
                    each.facility().watts(),
                    study.largestFleet(reading));
            answer.explain(List.of(term(study, reading, each)));
        }
    }

    private static Term term(SiteStudy study, PowerReading reading, BoundaryPowers each) {
        return Term.of(
                "GPUs, " + reading.title(),
                study.cap().watts() / each.facility().watts(),
                "GPUs",
                "cap / (PUE x W per GPU all-in)",
                "{} / ({} x {})",
                study.cap().watts(),
                study.readings().chain().pue(),
                each.it().watts());
    }

    private static void offers(Answer answer, SiteStudy study) {
        Grid grid =
                answer.grid("offers", "Ways to keep the cap")
                        .text("way", "way")
                        .number("gpus", "GPUs at work")
                        .number("facility_mw", "facility MW")
                        .number("tokens_per_day", "tokens a day")
                        .text("how", "how");
        for (FleetOffer offer : study.offers().offers()) {
            grid.row(
                    way(offer),
                    offer.gpus(),
                    offer.power().megawatts(),
                    offer.tokensPerDay(),
                    how(offer));
            answer.explain(offer.terms());
        }
    }

    private static String way(FleetOffer offer) {
        return switch (offer) {
            case FleetOffer.FewerGpus fewer -> "fewer GPUs";
            case FleetOffer.LowerCap lower -> "lower cap per GPU";
            case FleetOffer.StagedStart staged -> "staged start";
        };
    }

    private static String how(FleetOffer offer) {
        return switch (offer) {
            case FleetOffer.FewerGpus fewer ->
                    "%d by power, in whole nodes".formatted(fewer.gpusByPower());
            case FleetOffer.LowerCap lower ->
                    "%s W each, %s of full speed"
                            .formatted(
                                    Numbers.text(lower.acceleratorCapWatts()),
                                    Numbers.text(lower.speed()));
            case FleetOffer.StagedStart staged ->
                    staged.stages().size() == 1
                            ? "all at once"
                            : "all of them at %s MW"
                                    .formatted(
                                            Numbers.text(
                                                    staged.stages().getLast().cap().megawatts()));
        };
    }

    private static void windows(Answer answer, SiteStudy study) {
        Grid grid =
                answer.grid("curtailment", "What windows with less power cost")
                        .text("policy", "policy")
                        .number("tokens_lost", "tokens lost")
                        .number("hours_lost", "hours of full speed")
                        .number("peak_mw", "peak MW")
                        .text("keeps_cap", "every 15 minutes keep the cap")
                        .number("worst_mean_mw", "tightest mean MW")
                        .number("worst_cap_mw", "its cap MW");
        for (CurtailmentPlan plan : study.curtailment()) {
            grid.row(
                    plan.policy().label(),
                    plan.tokensLost(),
                    plan.tokensLost() / study.tokensPerSecond() / 3_600,
                    plan.curve().peak().megawatts(),
                    plan.proof().holds(),
                    plan.proof().worst().<Object>map(w -> w.mean().megawatts()).orElse(""),
                    plan.proof()
                            .worst()
                            .map(CapProof.Window::cap)
                            .<Object>map(c -> c.megawatts())
                            .orElse(""));
        }
    }
}
