package dev.altiplano.planner.catalog;

import dev.altiplano.planner.quantity.Quantity;

/** A single constant or price with what it is. */
public record Figure(String name, String title, Quantity value) {}
