package dev.altiplano.model.file;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** A list seen through a function, which is applied each time an element is read. */
final class MappedList<S, T> extends AbstractList<T> {
    private final List<S> source;
    private final Function<? super S, ? extends T> function;

    MappedList(List<S> source, Function<? super S, ? extends T> function) {
        this.source = source;
        this.function = function;
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public T get(int index) {
        return function.apply(source.get(index));
    }

    @Override
    public Iterator<T> iterator() {
        Iterator<S> values = source.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return values.hasNext();
            }

            @Override
            public T next() {
                return function.apply(values.next());
            }
        };
    }
}
