package dev.altiplano.planner.quantity;

/** A closed form over named inputs; must be pure. */
@FunctionalInterface
public interface Formula {
    double apply(Draw draw);

    /** One draw of all inputs. */
    @FunctionalInterface
    interface Draw {
        /**
         * The input called {@code name}, in base units; an unknown name is a mistake of the caller.
         */
        double get(String name);
    }
}
