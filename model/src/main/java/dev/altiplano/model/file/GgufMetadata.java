package dev.altiplano.model.file;

import dev.altiplano.compute.ModelFormatException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The metadata of a GGUF file. Only the keys lie on the heap; values are decoded from the mapped
 * file when they are asked for, so they can be read until the file is closed.
 *
 * <p>Every method that names a type throws {@link ModelFormatException} if the value has another
 * one, and answers empty only if the key is absent. Immutable, safe for many threads.
 */
public final class GgufMetadata {
    private final GgufDecoder decoder;
    private final Map<String, Entry> entries;

    /** Where the value of a key begins. */
    record Entry(GgufType type, long offset) {}

    GgufMetadata(GgufDecoder decoder, Map<String, Entry> entries) {
        this.decoder = decoder;
        this.entries = entries;
    }

    /** The keys in the order of the file. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    /** The value of {@code key}, whatever its type. */
    public Optional<GgufValue> find(String key) {
        return entry(key)
                .map(
                        entry ->
                                decoder.file()
                                        .reading(() -> decoder.value(entry.type, entry.offset)));
    }

    private Optional<Entry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    public String requireString(String key) {
        return string(key).orElseThrow(() -> missing(key));
    }

    public long requireInteger(String key) {
        return integer(key).orElseThrow(() -> missing(key));
    }

    private ModelFormatException missing(String key) {
        return new ModelFormatException(
                "%s: expected the metadata key '%s', found none. Convert or download the model again."
                        .formatted(decoder.file().name(), key));
    }

    public Optional<String> string(String key) {
        return find(key)
                .map(
                        value -> {
                            if (value instanceof GgufValue.Text(String text)) {
                                return text;
                            }
                            throw wrongType(key, "a STRING");
                        });
    }

    /** A whole number of any size and sign. */
    public OptionalLong integer(String key) {
        Optional<GgufValue> found = find(key);
        if (found.isEmpty()) {
            return OptionalLong.empty();
        }
        if (found.get() instanceof GgufValue.Whole(GgufType type, long value)) {
            if (type == GgufType.UINT64 && value < 0) {
                throw refuse(key, "at most %d".formatted(Long.MAX_VALUE), found.get().toString());
            }
            return OptionalLong.of(value);
        }
        throw wrongType(key, "an integer");
    }

    /** A finite number, stored as float or integer. */
    public OptionalDouble number(String key) {
        Optional<GgufValue> found = find(key);
        if (found.isEmpty()) {
            return OptionalDouble.empty();
        }
        return switch (found.get()) {
            case GgufValue.Whole whole -> OptionalDouble.of((double) integer(key).orElseThrow());
            case GgufValue.Real real when Double.isFinite(real.value()) ->
                    OptionalDouble.of(real.value());
            case GgufValue.Real infinite ->
                    throw refuse(key, "a finite number", infinite.toString());
            default -> throw wrongType(key, "a number");
        };
    }

    public Optional<Boolean> bool(String key) {
        return find(key)
                .map(
                        value -> {
                            if (value instanceof GgufValue.Bool(boolean bool)) {
                                return bool;
                            }
                            throw wrongType(key, "a BOOL");
                        });
    }

    /** A list that decodes each string when it is asked for. */
    public Optional<List<String>> strings(String key) {
        return elements(key)
                .map(
                        elements -> {
                            requireElements(
                                    key, elements, elements.type() == GgufType.STRING, "strings");
                            return elements.strings();
                        });
    }

    /** The caller's own copy. Values of {@code UINT64} beyond {@code long} come out negative. */
    public Optional<long[]> integers(String key) {
        return elements(key)
                .map(
                        elements -> {
                            requireElements(key, elements, elements.type().isInteger(), "integers");
                            return elements.wholes();
                        });
    }

    /** The caller's own copy, {@code FLOAT64} rounded. */
    public Optional<float[]> floats(String key) {
        return elements(key)
                .map(
                        elements -> {
                            boolean real =
                                    elements.type() == GgufType.FLOAT32
                                            || elements.type() == GgufType.FLOAT64;
                            requireElements(key, elements, real, "floats");
                            return elements.reals();
                        });
    }

    private Optional<GgufElements> elements(String key) {
        return entry(key)
                .map(
                        entry -> {
                            if (entry.type != GgufType.ARRAY) {
                                throw wrongType(key, "an ARRAY");
                            }
                            return decoder.file().reading(() -> decoder.elements(entry.offset));
                        });
    }

    private void requireElements(
            String key, GgufElements elements, boolean matches, String expected) {
        if (!matches) {
            throw refuse(key, "an array of " + expected, "one of " + elements.type());
        }
    }

    private ModelFormatException wrongType(String key, String expected) {
        return refuse(key, expected, entry(key).orElseThrow().type.toString());
    }

    private ModelFormatException refuse(String key, String expected, String found) {
        return new ModelFormatException(
                "%s, key '%s' at byte %d: expected %s, found %s. Convert or download the model again."
                        .formatted(
                                decoder.file().name(),
                                key,
                                entry(key).orElseThrow().offset,
                                expected,
                                found));
    }
}
