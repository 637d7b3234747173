package dev.altiplano.planner.input;

import dev.altiplano.planner.quantity.Quantity;

/**
 * Prices in nominal US dollars.
 *
 * @param server capital cost per accelerator
 * @param network the same of network and storage, where the servers leave it out
 * @param building the same of the building
 * @param life useful life
 * @param residual share of the value left at its end
 * @param utilisation share of the hours of that life in use
 * @param tariff price of electricity
 * @param tariffFollowsGrid whether the plan leaves the tariff to the region or its hourly series
 * @param demandCharge per power and month
 * @param staff of the site, per time
 * @param rental rent of one accelerator, per time
 */
public record MoneyInput(
        Quantity server,
        Quantity network,
        Quantity building,
        Quantity life,
        Quantity residual,
        Quantity utilisation,
        Quantity tariff,
        boolean tariffFollowsGrid,
        Quantity demandCharge,
        Quantity staff,
        Quantity rental) {}
