package dev.altiplano.planner.catalog;

/** Where figures come from; {@code name} is what the catalogue's fields call it. */
public record Source(String name, String title, String date) {}
