package dev.altiplano.planner.validation;

/** What a formula's name in the case file computes. */
@FunctionalInterface
interface CaseFormula {
    double value(Inputs inputs);
}
