package dev.altiplano.planner.input;

import dev.altiplano.planner.catalog.Region;
import dev.altiplano.planner.catalog.SiteFigures;
import dev.altiplano.planner.quantity.Boundary;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.simulation.CapPolicy;
import dev.altiplano.planner.site.GridSeries;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Power, grid and place.
 *
 * @param series the region's grid hour by hour, if the plan names a file of it
 * @param pue power usage effectiveness at design load
 * @param rampWattsPerSecond largest change of the site's power
 * @param figures of the catalogue, for any site
 * @param cardFactor carbon per energy at rated power, as the model's generation of cards has it
 * @param start local time at which the run begins
 */
public record SiteInput(
        Region region,
        Optional<Series> series,
        Quantity pue,
        Optional<PowerLimit> cap,
        Optional<Double> rampWattsPerSecond,
        List<Curtailment> curtailments,
        LocalDateTime start,
        CapPolicy policy,
        SiteFigures figures,
        Optional<Quantity> cardFactor) {
    public SiteInput {
        curtailments = List.copyOf(curtailments);
    }

    /** An hourly series and the file that it stands in. */
    public record Series(String file, GridSeries grid) {}

    /** Power with the boundary at which it is limited. */
    public record PowerLimit(double watts, Boundary boundary) {}

    /** A window with less power; {@code until} is after {@code from}. */
    public record Curtailment(LocalDateTime from, LocalDateTime until, PowerLimit limit) {}
}
