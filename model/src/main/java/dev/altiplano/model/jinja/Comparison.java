package dev.altiplano.model.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Equality, order and membership as Python has them, charged to the session. */
final class Comparison {
    private Comparison() {}

    static boolean areEqual(Session session, Value left, Value right) {
        session.charge(1);
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.compare(left, right) == 0;
        }
        return switch (left) {
            case Text text -> {
                session.charge(text.length() / 64);
                yield text.equals(right);
            }
            case Sequence a when right instanceof Sequence b ->
                    a.isTuple() == b.isTuple() && areSame(session, a.items(), b.items());
            case Dict a when right instanceof Dict b -> areSame(session, a, b);
            case Value.Range a when right instanceof Value.Range b ->
                    a.count() == b.count()
                            && (a.count() == 0 || a.start() == b.start())
                            && (a.count() < 2 || a.step() == b.step());
            case Value _ -> left.equals(right);
        };
    }

    private static boolean areSame(Session session, List<Value> left, List<Value> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!isSame(session, left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean areSame(Session session, Dict left, Dict right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (Map.Entry<Value, Value> entry : left.entries().entrySet()) {
            Value other = right.entries().get(entry.getKey());
            if (other == null || !isSame(session, entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    /** Equality inside containers, where one and the same object always equals itself. */
    @SuppressWarnings("ReferenceEquality") // identity is the question
    private static boolean isSame(Session session, Value left, Value right) {
        return left == right || areEqual(session, left, right);
    }

    /** The order of two values: negative, 0, positive; 2 where a NaN has none. */
    static int order(Session session, Value left, Value right) {
        session.charge(1);
        if (left instanceof Value.Undefined undefined) {
            throw undefined.failure();
        }
        if (right instanceof Value.Undefined undefined) {
            throw undefined.failure();
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.compare(left, right);
        }
        if (left instanceof Text a && right instanceof Text b) {
            session.charge(Math.min(a.length(), b.length()) / 64);
            return orderByCodePoints(a.chars(), b.chars());
        }
        if (left instanceof Sequence a
                && right instanceof Sequence b
                && a.isTuple() == b.isTuple()) {
            return order(session, a.items(), b.items());
        }
        throw ChatTemplateException.evaluation(
                "'%s' and '%s' have no order"
                        .formatted(Printing.typeName(left), Printing.typeName(right)));
    }

    private static int order(Session session, List<Value> left, List<Value> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            if (!isSame(session, left.get(i), right.get(i))) {
                return order(session, left.get(i), right.get(i));
            }
        }
        return Integer.signum(Integer.compare(left.size(), right.size()));
    }

    /** Java orders by UTF-16 units, which puts U+FFFF after U+10000; Python does not. */
    private static int orderByCodePoints(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            if (left.charAt(i) != right.charAt(i)) {
                int start =
                        i > 0
                                        && Character.isHighSurrogate(left.charAt(i - 1))
                                        && Character.isLowSurrogate(left.charAt(i))
                                        && Character.isLowSurrogate(right.charAt(i))
                                ? i - 1
                                : i;
                return Integer.compare(left.codePointAt(start), right.codePointAt(start));
            }
        }
        return Integer.signum(Integer.compare(left.length(), right.length()));
    }

    /** {@code needle in haystack}. */
    static boolean contains(Session session, Value haystack, Value needle) {
        session.charge(1);
        return switch (haystack) {
            case Text text when needle instanceof Text part -> {
                session.charge(text.length() / 16);
                yield text.chars().contains(part.chars());
            }
            case Text _ ->
                    throw ChatTemplateException.evaluation(
                            "'in' a string expects a string, found '%s'"
                                    .formatted(Printing.typeName(needle)));
            case Dict dict -> dict.entries().containsKey(Dict.requireKey(needle));
            case Value.DictView view when view.part() == Value.DictView.Part.KEYS ->
                    view.dict().entries().containsKey(Dict.requireKey(needle));
            case Value _ -> isAmong(session, Items.iterator(session, haystack), needle);
        };
    }

    private static boolean isAmong(Session session, Iterator<Value> items, Value needle) {
        while (items.hasNext()) {
            if (isSame(session, items.next(), needle)) {
                return true;
            }
        }
        return false;
    }
}
