package dev.altiplano.model.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Walking through values: what can be iterated, counted and indexed. */
final class Items {
    private Items() {}

    static boolean isIterable(Value value) {
        return switch (value) {
            case Text _,
                    Sequence _,
                    Dict _,
                    Value.DictView _,
                    Value.Range _,
                    Value.Stream _,
                    Value.Undefined _,
                    Loop _ ->
                    true;
            case Value _ -> false;
        };
    }

    /** The items from first to last; each costs a step. */
    static Iterator<Value> iterator(Session session, Value value) {
        return switch (value) {
            case Text text -> charged(session, characters(text));
            case Sequence sequence -> charged(session, sequence.items().iterator());
            case Dict dict -> charged(session, dict.entries().keySet().iterator());
            case Value.DictView view -> charged(session, view.iterator());
            case Value.Range range ->
                    charged(
                            session,
                            IntStream.range(0, range.count())
                                    .<Value>mapToObj(range::item)
                                    .iterator());
            case Value.Stream stream -> charged(session, stream.iterator());
            case Value.Undefined _ -> Collections.emptyIterator();
            case Value other ->
                    throw ChatTemplateException.evaluation(
                            "'%s' is not iterable".formatted(Printing.typeName(other)));
        };
    }

    static List<Value> list(Session session, Value value) {
        List<Value> items = new ArrayList<>();
        iterator(session, value).forEachRemaining(items::add);
        return items;
    }

    /** How many items there are, where this is known without walking. */
    static OptionalInt length(Value value) {
        return switch (value) {
            case Text text -> OptionalInt.of(text.chars().codePointCount(0, text.length()));
            case Sequence sequence -> OptionalInt.of(sequence.items().size());
            case Dict dict -> OptionalInt.of(dict.size());
            case Value.DictView view -> OptionalInt.of(view.dict().size());
            case Value.Range range -> OptionalInt.of(range.count());
            case Value.Undefined _ -> OptionalInt.of(0);
            case Value _ -> OptionalInt.empty();
        };
    }

    static int requireLength(Value value) {
        if (value instanceof Loop loop) {
            return Numbers.toIndex(loop.attribute("length").orElseThrow());
        }
        return length(value)
                .orElseThrow(
                        () ->
                                ChatTemplateException.evaluation(
                                        "'%s' has no length".formatted(Printing.typeName(value))));
    }

    private static Iterator<Value> characters(Text text) {
        return new Iterator<>() {
            private int position;

            @Override
            public boolean hasNext() {
                return position < text.length();
            }

            @Override
            public Value next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int start = position;
                position += Character.charCount(text.chars().codePointAt(start));
                return text.slice(start, position);
            }
        };
    }

    private static Iterator<Value> charged(Session session, Iterator<Value> items) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public Value next() {
                session.charge(1);
                return items.next();
            }
        };
    }

    /** A generator whose items are made by {@code start} when the first is asked for. */
    static Value.Stream lazily(String typeName, Supplier<Iterator<Value>> start) {
        return new Value.Stream(
                typeName,
                new Iterator<>() {
                    private Iterator<Value> started = Collections.emptyIterator();
                    private boolean isStarted;

                    @Override
                    public boolean hasNext() {
                        if (!isStarted) {
                            isStarted = true;
                            started = start.get();
                        }
                        return started.hasNext();
                    }

                    @Override
                    public Value next() {
                        if (!hasNext()) {
                            throw new NoSuchElementException();
                        }
                        return started.next();
                    }
                });
    }
}
