package dev.altiplano.model.jinja;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;

/** The items that pass a test, each tested when it is asked for and not before. */
final class Selection implements Iterator<Value> {
    private final Iterator<Value> items;
    private final Predicate<Value> test;
    private Optional<Value> next = Optional.empty();

    Selection(Iterator<Value> items, Predicate<Value> test) {
        this.items = items;
        this.test = test;
    }

    @Override
    public boolean hasNext() {
        while (next.isEmpty() && items.hasNext()) {
            Value item = items.next();
            if (test.test(item)) {
                next = Optional.of(item);
            }
        }
        return next.isPresent();
    }

    @Override
    public Value next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Value item = next.orElseThrow();
        next = Optional.empty();
        return item;
    }
}
