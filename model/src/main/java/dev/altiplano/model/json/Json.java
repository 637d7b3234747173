package dev.altiplano.model.json;

import dev.altiplano.compute.ModelFormatException;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value. Strict RFC 8259: UTF-8 without a byte order mark, no comments, no trailing commas;
 * a key that stands twice in one object, a lone surrogate and nesting deeper than {@link
 * #DEPTH_MAX} are refused, too.
 *
 * <p>{@code toString} gives the JSON text. Values that were read are immutable and safe for many
 * threads; their lists and maps are views of the source, keep its order and decode on demand, so
 * read a long list with an iterator rather than twice by index.
 */
public sealed interface Json {
    /** How many objects and arrays may stand inside each other. */
    int DEPTH_MAX = 64;

    /** The largest file that {@link #read(Path)} takes; the largest known tokenizer has 35 MB. */
    long FILE_BYTES_MAX = 256L << 20;

    /** {@code {"key": value}}; keys in the order of the source. */
    record Obj(Map<String, Json> members) implements Json {
        /** The value of {@code key}, if it is there. */
        public Optional<Json> find(String key) {
            return Optional.ofNullable(members.get(key));
        }

        @Override
        public String toString() {
            return write(this);
        }
    }

    /** {@code [item, item]}. */
    record Arr(List<Json> items) implements Json {
        @Override
        public String toString() {
            return write(this);
        }
    }

    /** A string, escapes decoded. */
    record Str(String value) implements Json {
        @Override
        public String toString() {
            return write(this);
        }
    }

    /** A number as it was written, so that nothing is rounded before it is asked for. */
    record Num(String text) implements Json {
        /** The nearest double; infinite if the number is too large for one. */
        public double asDouble() {
            return Double.parseDouble(text);
        }

        /**
         * The exact value; throws {@link ArithmeticException} if it is no whole number of 64 bits.
         */
        public long asLong() {
            BigDecimal exact = new BigDecimal(text);
            if ((long) exact.precision() - exact.scale() > 19) {
                throw new ArithmeticException(text + " has more than 64 bits");
            }
            return exact.longValueExact();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Json {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** {@code null}. */
    record Null() implements Json {
        @Override
        public String toString() {
            return "null";
        }
    }

    /** Reads one value. Throws {@link ModelFormatException} with line and column. */
    static Json parse(String text) {
        return parse("JSON", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads one value from UTF-8; {@code where} names the source in error messages. */
    static Json parse(String where, byte[] utf8) {
        return parse(where, MemorySegment.ofArray(utf8));
    }

    /**
     * Reads one value from UTF-8, which must not change as long as the value is used; {@code where}
     * names the source in error messages.
     */
    static Json parse(String where, MemorySegment utf8) {
        return new JsonReader(where, utf8).read();
    }

    /** Reads a file of at most {@link #FILE_BYTES_MAX}. Throws {@link ModelFormatException}. */
    static Json read(Path file) {
        return read(file, FILE_BYTES_MAX);
    }

    /**
     * Reads a file into memory outside the heap; throws if it has more than {@code bytesMax} or
     * cannot be read.
     */
    static Json read(Path file, long bytesMax) {
        return parse(String.valueOf(file.getFileName()), JsonSource.read(file, bytesMax));
    }

    /**
     * The JSON text of {@code tree}: a {@link Json} or any nesting of maps with string keys,
     * iterables, strings, numbers and booleans, with null inside. Throws {@link
     * IllegalArgumentException} for anything else, for NaN and for infinite numbers.
     */
    static String write(Object tree) {
        StringBuilder text = new StringBuilder();
        new JsonWriter(text).write(tree);
        return text.toString();
    }
}
