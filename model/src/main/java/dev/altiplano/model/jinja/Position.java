package dev.altiplano.model.jinja;

/** A place in a template: line and column, both from 1. */
record Position(int line, int column) {}
