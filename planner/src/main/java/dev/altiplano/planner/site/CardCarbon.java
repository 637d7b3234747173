package dev.altiplano.planner.site;

/**
 * As model cards print it: hours x rated power x a factor. No meter was read, and host, network and
 * cooling are in the factor or nowhere.
 */
public record CardCarbon(double kilograms) implements Carbon<CardCarbon> {
    @Override
    public CardCarbon ofKilograms(double newKilograms) {
        return new CardCarbon(newKilograms);
    }
}
