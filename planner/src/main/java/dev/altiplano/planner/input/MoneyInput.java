package dev.altiplano.planner.input;

import dev.altiplano.planner.quantity.Quantity;
import java.util.Optional;

/**
 * Prices in nominal US dollars.
 *
 * @param server capital cost per accelerator, with its share of everything
 * @param life useful life
 * @param residual share of the value left at its end
 * @param utilisation share of the hours of that life in use
 * @param tariff price of electricity; empty where the region has none
 * @param demandCharge per power and month
 * @param staff of the site, per time
 * @param rental rent of one accelerator, per time
 */
public record MoneyInput(
        Quantity server,
        Quantity life,
        Quantity residual,
        Quantity utilisation,
        Optional<Quantity> tariff,
        Quantity demandCharge,
        Quantity staff,
        Quantity rental) {}
