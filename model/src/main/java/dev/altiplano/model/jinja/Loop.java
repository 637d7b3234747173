package dev.altiplano.model.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The {@code loop} variable of a {@code for}: walks through the items and knows where it is. */
final class Loop implements Value {
    private final OptionalInt knownLength;
    private Iterator<Value> iterator;
    private int index0 = -1;
    private Optional<Value> current = Optional.empty();
    private Optional<Value> previous = Optional.empty();
    private Optional<Value> next = Optional.empty();
    private Optional<List<Value>> lastChanged = Optional.empty();
    private OptionalInt countedLength = OptionalInt.empty();

    /** {@code knownLength} is empty for a generator, whose rest is read when it is asked for. */
    Loop(OptionalInt knownLength, Iterator<Value> iterator) {
        this.knownLength = knownLength;
        this.iterator = iterator;
    }

    boolean hasNext() {
        return next.isPresent() || iterator.hasNext();
    }

    Value advance() {
        Value item = next.orElseGet(iterator::next);
        next = Optional.empty();
        index0++;
        previous = current;
        current = Optional.of(item);
        return item;
    }

    private Optional<Value> peek() {
        if (next.isEmpty() && iterator.hasNext()) {
            next = Optional.of(iterator.next());
        }
        return next;
    }

    private int length() {
        if (knownLength.isPresent()) {
            return knownLength.getAsInt();
        }
        if (countedLength.isEmpty()) {
            List<Value> rest = new ArrayList<>();
            iterator.forEachRemaining(rest::add);
            iterator = rest.iterator();
            countedLength = OptionalInt.of(rest.size() + index0 + 1 + (next.isPresent() ? 1 : 0));
        }
        return countedLength.getAsInt();
    }

    /** {@code loop.name}, where there is such an attribute. */
    Optional<Value> attribute(String name) {
        return switch (name) {
            case "index" -> Optional.of(Value.of(index0 + 1));
            case "index0" -> Optional.of(Value.of(index0));
            case "first" -> Optional.of(Value.of(index0 == 0));
            case "last" -> Optional.of(Value.of(peek().isEmpty()));
            case "length" -> Optional.of(Value.of(length()));
            case "revindex" -> Optional.of(Value.of(length() - index0));
            case "revindex0" -> Optional.of(Value.of(length() - index0 - 1));
            case "depth" -> Optional.of(Value.of(1));
            case "depth0" -> Optional.of(Value.of(0));
            case "previtem" ->
                    Optional.of(previous.orElse(new Undefined("there is no previous item")));
            case "nextitem" -> Optional.of(peek().orElse(new Undefined("there is no next item")));
            case "cycle" -> Optional.of(new Function("<loop.cycle>", this::cycle));
            case "changed" -> Optional.of(new Function("<loop.changed>", this::changed));
            default -> Optional.empty();
        };
    }

    private Value cycle(Session session, Arguments arguments) {
        List<Value> choices = arguments.positional();
        if (choices.isEmpty()) {
            throw ChatTemplateException.evaluation("no items for cycling given");
        }
        return choices.get(index0 % choices.size());
    }

    private Value changed(Session session, Arguments arguments) {
        List<Value> now = arguments.positional();
        boolean isSame =
                lastChanged.isPresent()
                        && Comparison.areEqual(
                                session, Sequence.tuple(lastChanged.get()), Sequence.tuple(now));
        if (!isSame) {
            lastChanged = Optional.of(now);
        }
        return Value.of(!isSame);
    }

    String label() {
        return "<LoopContext %d/%d>".formatted(index0 + 1, length());
    }
}
