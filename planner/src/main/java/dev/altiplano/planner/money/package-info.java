/**
 * What a cluster costs and what pays for it: {@link dev.altiplano.planner.money.HourlyCost} of an
 * accelerator, {@link dev.altiplano.planner.money.RunCost}, {@link
 * dev.altiplano.planner.money.ServingFleet}, {@link dev.altiplano.planner.money.Scenario} of a
 * company. Closed forms take and give {@code double} with the unit in the name, so that bands can
 * be propagated through them; results that people read are {@link
 * dev.altiplano.planner.money.Money}. May use {@code quantity}, {@code explain}, {@code schema},
 * {@code file} and {@code problem}.
 */
@NullMarked
package dev.altiplano.planner.money;

import org.jspecify.annotations.NullMarked;
