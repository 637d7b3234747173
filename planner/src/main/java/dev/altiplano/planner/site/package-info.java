/**
 * Power, grid, carbon and water of a site: {@link dev.altiplano.planner.site.PowerChain} leads from
 * the accelerator to the meter, {@link dev.altiplano.planner.site.FleetOffers} fits a fleet under a
 * cap, {@link dev.altiplano.planner.site.CurtailmentPlanner} follows windows with less power,
 * {@link dev.altiplano.planner.site.RegionComparison} weighs price against carbon. Closed forms
 * take and give {@code double} with the unit in the name; power crosses borders typed by its
 * boundary. May use {@code money}, {@code quantity}, {@code explain}, {@code schema} and {@code
 * problem}.
 */
@NullMarked
package dev.altiplano.planner.site;

import org.jspecify.annotations.NullMarked;
