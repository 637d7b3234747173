package dev.altiplano.planner.money;

import dev.altiplano.planner.quantity.Grade;

/**
 * Money of one period, as somebody reported or guided it.
 *
 * @param what such as {@code revenue}
 */
public record Figure<P extends Period<P>>(
        String what, P period, Money money, Grade grade, String source, String date) {

    @Override
    public String toString() {
        return what + " " + period + ": " + money;
    }
}
