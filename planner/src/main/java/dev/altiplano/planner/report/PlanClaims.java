package dev.altiplano.planner.report;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.catalog.Figure;
import dev.altiplano.planner.claims.Claim;
import dev.altiplano.planner.claims.ClaimChecker;
import dev.altiplano.planner.claims.ClaimConstants;
import dev.altiplano.planner.claims.ClaimResult;
import dev.altiplano.planner.claims.ClaimsFile;
import dev.altiplano.planner.claims.Verdict;
import dev.altiplano.planner.quantity.Boundary;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import java.util.List;
import java.util.Optional;

/**
 * Claims judged with a plan's own chips and PUE.
 *
 * @param own what the plan's numbers would claim; empty where its chip has no name that can be read
 * @param printed those of the catalogue, which keep their own numbers
 * @param pue of the plan
 */
record PlanClaims(Optional<ClaimResult> own, List<ClaimResult> printed, double pue) {
    PlanClaims {
        printed = List.copyOf(printed);
    }

    static PlanClaims of(Catalog catalog, Plan plan, PowerQuestion question) {
        double pue = plan.input().site().pue().likely();
        ClaimChecker checker =
                new ClaimChecker(
                        ClaimConstants.of(catalog)
                                .withChip(
                                        plan.input().cluster().accelerator(),
                                        plan.input().cluster().node())
                                .withSiteUsage(siteUsage(pue, "the plan")));
        ClaimResult own =
                checker.check(claim(plan.input().cluster().accelerator().name(), question));
        return new PlanClaims(
                Optional.of(own).filter(result -> result.verdict() != Verdict.NOT_CHECKABLE),
                ClaimsFile.checkBuiltIn(checker),
                pue);
    }

    /** For sentences of a reader who has set {@code pue}. */
    static ClaimChecker checker(Catalog catalog, double pue) {
        return new ClaimChecker(
                ClaimConstants.of(catalog).withSiteUsage(siteUsage(pue, "the form")));
    }

    private static Figure siteUsage(double pue, String source) {
        Quantity given = Quantity.exactly(pue, Unit.NONE, Grade.STATED, source);
        return new Figure("pue", "PUE of the plan", given);
    }

    private static Claim claim(String chip, PowerQuestion question) {
        return new Claim(
                "question",
                "power",
                Numbers.text(question.capWatts() / 1e6),
                "MW",
                Optional.of(Boundary.FACILITY),
                Optional.empty(),
                question.gpus() + " " + chip,
                "");
    }
}
