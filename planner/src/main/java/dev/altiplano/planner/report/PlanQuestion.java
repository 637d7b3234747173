package dev.altiplano.planner.report;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.input.SiteInput;
import dev.altiplano.planner.quantity.Boundary;
import dev.altiplano.planner.site.PowerReading;

/** The question of power that a plan asks by its cluster and its site. */
final class PlanQuestion {
    private PlanQuestion() {}

    /** With the plan's cap where it has one at the meter, else the press's 150 MW. */
    static PowerQuestion of(Plan plan) {
        SiteInput site = plan.input().site();
        double cap =
                site.cap()
                        .filter(limit -> limit.boundary() == Boundary.FACILITY)
                        .map(SiteInput.PowerLimit::watts)
                        .orElse(PowerQuestion.OF_THE_PRESS.capWatts());
        return new PowerQuestion(
                plan.input().cluster().gpus(), cap, site.pue().likely(), PowerReading.TYPICAL);
    }
}
