package dev.altiplano.cli.plan;

import dev.altiplano.planner.MoneyPlan;
import dev.altiplano.planner.Plan;
import dev.altiplano.planner.RunGrid;
import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.money.DevelopmentShare;
import dev.altiplano.planner.money.HourPart;
import dev.altiplano.planner.money.HourlyCost;
import dev.altiplano.planner.money.RunCost;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Numbers;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code plan cost}: an accelerator-hour, the run, a million tokens. */
@Command(
        name = "cost",
        mixinStandardHelpOptions = true,
        description =
                "What a GPU-hour, the run and a million of its tokens cost, owned and rented.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan cost plan.yaml --explain",
            "  altiplano plan cost plan.yaml --set site.region=TX --set \"money.life=5 y\"",
        })
final class CostVerb extends PlanFileVerb {
    @Override
    Answer answer() {
        Plan plan = plan();
        MoneyPlan money = plan.money();
        Answer answer =
                about(plan, "Cost of the run, nominal US dollars")
                        .fact("region", "region", plan.input().site().region().title())
                        .figure("days", "days of training", plan.failures().trainingDays().value())
                        .figure(
                                "paid_gpu_hours",
                                "GPU-hours of the job",
                                money.own().paidGpuHours(),
                                "",
                                Grade.DERIVED)
                        .figure("gpu_hour", "a worked GPU-hour", money.gpuHourCost().value())
                        .figure(
                                "run",
                                "the run, on hardware of one's own",
                                money.runCost().value());
        usd(answer, "rented", "the run, rented", money.rented().usd() / 1e6, "MUSD");
        usd(
                answer,
                "million_tokens",
                "a million tokens trained on",
                money.usdPerMillionTokens(money.own()),
                "USD");
        usd(answer, "electricity", "electricity", money.electricity().usd() / 1e6, "MUSD");
        usd(answer, "capital", "all servers, new", money.capital().capexUsd() / 1e6, "MUSD");
        series(answer, RunGrid.of(plan.input(), plan.failures()));
        parts(answer, money);
        GoodputVerb.movers(answer, "the cost", money.runCost());
        return answer.note(shares(money.hour())).explain(terms(money));
    }

    private static void usd(Answer answer, String key, String label, double value, String unit) {
        answer.figure(key, label, value, unit, Grade.ASSUMED);
    }

    private static void parts(Answer answer, MoneyPlan money) {
        Grid grid =
                answer.grid("parts", "One worked GPU-hour")
                        .text("part", "part")
                        .number("usd", "USD")
                        .number("share", "share");
        for (HourPart part : money.hourParts()) {
            grid.row(name(part.kind()), part.usd(), part.share());
        }
    }

    private static String name(HourPart.Kind kind) {
        return switch (kind) {
            case SERVERS -> "servers";
            case ENERGY -> "energy";
            case DEMAND -> "demand charge";
            case NETWORK -> "network and storage";
            case BUILDING -> "building";
            case STAFF -> "staff";
            case SPARES -> "spares and idle GPUs";
            case IDLE -> "hours without work";
        };
    }

    /** Power is a limit more than a cost. */
    private static String shares(HourlyCost hour) {
        DevelopmentShare energy = DevelopmentShare.ENERGY;
        return ("Electricity is %s %% of the installed hour; of the whole development of frontier"
                        + " models energy was %s to %s %% (Epoch AI): power is a limit more than a"
                        + " cost.")
                .formatted(
                        Numbers.text(100 * hour.electricityShare()),
                        Numbers.text(100 * energy.low()),
                        Numbers.text(100 * energy.high()));
    }

    private static List<Term> terms(MoneyPlan money) {
        List<Term> terms = new ArrayList<>(money.capital().terms());
        terms.addAll(money.electricity().terms());
        terms.addAll(money.hour().terms());
        for (RunCost run : List.of(money.own(), money.rented())) {
            terms.addAll(run.terms());
        }
        return terms;
    }
}
