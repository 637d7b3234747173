package dev.altiplano.planner.money;

import java.util.Optional;

/**
 * An income statement with the revenue per person, where the company gives its people.
 *
 * @param perPerson of the family of apps
 */
public record Report<P extends Period<P>>(
        IncomeStatement<P> statement, Optional<RevenuePerPerson<P>> perPerson) {}
