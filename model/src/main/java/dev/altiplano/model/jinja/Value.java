package dev.altiplano.model.jinja;

import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A value of a template: Python's types as far as templates meet them. Java's {@code equals} and
 * {@code hashCode} are those of Python's dictionary keys (1, 1.0 and True are one key); {@link
 * Comparison} compares values of any type.
 */
public sealed interface Value
        permits Text,
                Value.None,
                Value.Undefined,
                Value.Bool,
                Value.Int,
                Value.Real,
                Sequence,
                Dict,
                Value.DictView,
                Value.Range,
                Value.Stream,
                Namespace,
                Loop,
                Value.Function {

    None NONE = new None();
    Bool TRUE = new Bool(true);
    Bool FALSE = new Bool(false);

    static Bool of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static Int of(long value) {
        return new Int(BigInteger.valueOf(value));
    }

    /** Python's {@code None}. */
    record None() implements Value {}

    /**
     * What a missing variable, key or item is: empty when printed or walked through, an error when
     * worked with.
     *
     * @param reason the error's text
     */
    record Undefined(String reason) implements Value {
        static Undefined variable(String name) {
            return new Undefined("'%s' is undefined".formatted(name));
        }

        ChatTemplateException failure() {
            return ChatTemplateException.evaluation(reason);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Undefined;
        }

        @Override
        public int hashCode() {
            return Undefined.class.hashCode();
        }
    }

    /** Python's {@code bool}, which is an int as well. */
    record Bool(boolean value) implements Value {
        @Override
        public boolean equals(Object other) {
            return Numbers.isSameKey(this, other);
        }

        @Override
        public int hashCode() {
            return Numbers.keyHash(this);
        }
    }

    record Int(BigInteger value) implements Value {
        @Override
        public boolean equals(Object other) {
            return Numbers.isSameKey(this, other);
        }

        @Override
        public int hashCode() {
            return Numbers.keyHash(this);
        }
    }

    /** Python's {@code float}. */
    record Real(double value) implements Value {
        @Override
        public boolean equals(Object other) {
            return Numbers.isSameKey(this, other);
        }

        @Override
        public int hashCode() {
            return Numbers.keyHash(this);
        }
    }

    /** What {@code keys()}, {@code values()} and {@code items()} of a dictionary give. */
    record DictView(Dict dict, Part part) implements Value {
        public enum Part {
            KEYS,
            VALUES,
            ITEMS
        }

        Iterator<Value> iterator() {
            return switch (part) {
                case KEYS -> dict.entries().keySet().iterator();
                case VALUES -> dict.entries().values().iterator();
                case ITEMS -> dict.entries().entrySet().stream().map(DictView::pair).iterator();
            };
        }

        private static Value pair(Map.Entry<Value, Value> entry) {
            return Sequence.tuple(List.of(entry.getKey(), entry.getValue()));
        }
    }

    /** Python's {@code range}: {@code count} integers from {@code start} on. */
    record Range(long start, long stop, long step, int count) implements Value {
        Value item(int index) {
            return of(start + index * step);
        }
    }

    /** A generator: can be walked through once. Compared by identity. */
    final class Stream implements Value {
        private final String typeName;
        private final Iterator<Value> iterator;

        Stream(String typeName, Iterator<Value> iterator) {
            this.typeName = typeName;
            this.iterator = iterator;
        }

        String typeName() {
            return typeName;
        }

        Iterator<Value> iterator() {
            return iterator;
        }
    }

    /** Something that can be called: a macro, a method, a function of the environment. */
    final class Function implements Value {
        /** What a call does. */
        @FunctionalInterface
        interface Body {
            Value call(Session session, Arguments arguments);
        }

        private final String label;
        private final Body body;

        /** {@code label} is how it prints, such as {@code <Macro 'header'>}. */
        Function(String label, Body body) {
            this.label = label;
            this.body = body;
        }

        String label() {
            return label;
        }

        Value call(Session session, Arguments arguments) {
            return body.call(session, arguments);
        }
    }
}
