package dev.altiplano.planner;

import dev.altiplano.planner.quantity.Estimate;
import dev.altiplano.planner.site.CarbonReport;
import dev.altiplano.planner.site.CardCarbon;
import dev.altiplano.planner.site.CardEnergy;
import dev.altiplano.planner.site.Water;
import java.util.Optional;

/**
 * Carbon and water of a run.
 *
 * @param location of the energy, at the mean of the grid where it is used
 * @param report the same with the part of the hardware's making
 * @param cardEnergy accelerator-hours x TDP, as model cards count; no measurement
 * @param card that energy at the factor of the model's generation, where a card gives one
 */
public record CarbonPlan(
        Estimate location,
        CarbonReport report,
        CardEnergy cardEnergy,
        Optional<CardCarbon> card,
        Water water) {}
