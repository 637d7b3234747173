package dev.altiplano.planner.catalog;

import dev.altiplano.planner.step.ModelShape;

/** A model with its name. */
public record Model(String name, String title, ModelShape shape) {}
