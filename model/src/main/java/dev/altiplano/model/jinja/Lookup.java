package dev.altiplano.model.jinja;

import java.util.Optional;
import java.util.Set;

/**
 * {@code value.name} and {@code value[key]}. The dot looks for a method or attribute first and for
 * an item then, the brackets the other way round, so {@code message.items} is the method and {@code
 * message['items']} the entry. What is not there is undefined.
 */
final class Lookup {
    /** Methods that change a value; the sandbox of chat templates forbids them. */
    private static final Set<String> LIST_CHANGES =
            Set.of("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort");

    private static final Set<String> DICT_CHANGES =
            Set.of("clear", "pop", "popitem", "setdefault", "update");

    private Lookup() {}

    static Value attribute(Session session, Value target, String name) {
        if (target instanceof Value.Undefined undefined) {
            throw undefined.failure();
        }
        return member(target, name)
                .or(() -> item(session, target, Text.trusted(name)))
                .orElseGet(() -> missing(target, Text.trusted(name)));
    }

    /** The attribute alone, as the filter {@code attr} takes it. */
    static Value attributeOnly(Value target, Text name) {
        if (target instanceof Value.Undefined undefined) {
            throw undefined.failure();
        }
        return member(target, name.chars()).orElseGet(() -> missing(target, name));
    }

    static Value subscript(Session session, Value target, Value key) {
        if (target instanceof Value.Undefined undefined) {
            throw undefined.failure();
        }
        return item(session, target, key)
                .or(
                        () ->
                                key instanceof Text name
                                        ? member(target, name.chars())
                                        : Optional.empty())
                .orElseGet(() -> missing(target, key));
    }

    private static Optional<Value> member(Value target, String name) {
        return switch (target) {
            case Text text -> TextMethods.find(text, name);
            case Sequence sequence when !sequence.isTuple() && LIST_CHANGES.contains(name) ->
                    Optional.of(unsafe("list", name));
            case Sequence sequence -> SequenceMethods.find(sequence, name);
            case Dict _ when DICT_CHANGES.contains(name) -> Optional.of(unsafe("dict", name));
            case Dict dict -> DictMethods.find(dict, name);
            case Namespace namespace -> namespace.get(name);
            case Loop loop -> loop.attribute(name);
            case Value _ -> Optional.empty();
        };
    }

    private static Optional<Value> item(Session session, Value target, Value key) {
        return switch (target) {
            case Dict dict when isKey(key) -> dict.get(key);
            case Sequence sequence when Numbers.isWhole(key) -> {
                int index = index(key, sequence.items().size());
                yield index < 0 ? Optional.empty() : Optional.of(sequence.items().get(index));
            }
            case Value.Range range when Numbers.isWhole(key) -> {
                int index = index(key, range.count());
                yield index < 0 ? Optional.empty() : Optional.of(range.item(index));
            }
            case Text text when Numbers.isWhole(key) -> {
                session.charge(text.length() / 64);
                int index = index(key, text.chars().codePointCount(0, text.length()));
                yield index < 0
                        ? Optional.empty()
                        : Optional.of(Slicing.characters(text, index, index + 1));
            }
            case Value _ -> Optional.empty();
        };
    }

    private static boolean isKey(Value key) {
        return !(key instanceof Dict)
                && !(key instanceof Sequence sequence
                        && (!sequence.isTuple()
                                || !sequence.items().stream().allMatch(Lookup::isKey)));
    }

    /** The index from the start, or -1 where there is no such item. */
    private static int index(Value key, int size) {
        int index = Numbers.toIndex(key);
        int fromStart = index < 0 ? index + size : index;
        return fromStart >= 0 && fromStart < size ? fromStart : -1;
    }

    private static Value unsafe(String type, String name) {
        return new Value.Undefined(
                "'%s' of a %s changes it, which a chat template may not do".formatted(name, type));
    }

    /** The message names the key only where the template's author wrote it. */
    private static Value missing(Value target, Value key) {
        String type = Printing.typeName(target);
        if (key instanceof Text name) {
            boolean isAuthors = name.runs().stream().allMatch(Text.Run::isTrusted);
            return new Value.Undefined(
                    isAuthors
                            ? "a '%s' has no attribute '%s'".formatted(type, name.chars())
                            : "a '%s' has no such attribute".formatted(type));
        }
        return new Value.Undefined("a '%s' has no such element".formatted(type));
    }
}
