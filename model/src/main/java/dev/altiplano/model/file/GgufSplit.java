package dev.altiplano.model.file;

import dev.altiplano.compute.ModelFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How a model was split into files: {@code split.count} of them, named {@code
 * PREFIX-00001-of-0000N.gguf}, each with its number from 0 in {@code split.no} and the number of
 * tensors of them all in {@code split.tensors.count}. Source: llama.cpp, {@code gguf-split}.
 */
record GgufSplit(Path opened, int count, OptionalLong tensorCount) {
    private static final Pattern NAME = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf");
    private static final int COUNT_MAX = 999;

    static GgufSplit of(Path path, GgufMetadata metadata) {
        long count = metadata.integer("split.count").orElse(1);
        if (count < 0 || count > COUNT_MAX) {
            throw failure(
                    path,
                    "'split.count' from 1 to " + COUNT_MAX,
                    Long.toString(count),
                    "Download the file again.");
        }
        return new GgufSplit(
                path, (int) Math.max(1, count), metadata.integer("split.tensors.count"));
    }

    /** The files in order. Throws if the name does not fit or a file is missing. */
    List<Path> requireParts() {
        Matcher name = NAME.matcher(String.valueOf(opened.getFileName()));
        if (!name.matches() || Integer.parseInt(name.group(3)) != count) {
            throw failure(
                    opened,
                    "a name that ends with -00001-of-%05d.gguf, as it is one of %d files"
                            .formatted(count, count),
                    opened.getFileName().toString(),
                    "Give the file its name back.");
        }
        List<Path> parts =
                IntStream.rangeClosed(1, count)
                        .mapToObj(
                                number ->
                                        "%s-%05d-of-%05d.gguf"
                                                .formatted(name.group(1), number, count))
                        .map(opened::resolveSibling)
                        .toList();
        List<Path> missing = parts.stream().filter(part -> !Files.exists(part)).toList();
        if (!missing.isEmpty()) {
            throw failure(
                    opened,
                    "all %d files of the model beside each other".formatted(count),
                    "%d missing: %s"
                            .formatted(
                                    missing.size(),
                                    String.join(
                                            ", ",
                                            missing.stream()
                                                    .map(part -> part.getFileName().toString())
                                                    .toList())),
                    "Download them into one folder.");
        }
        return parts;
    }

    /** Throws unless {@code metadata} is that of the file with {@code index} from 0. */
    void requirePart(int index, Path part, GgufMetadata metadata) {
        requireKey(part, metadata, "split.no", index);
        requireKey(part, metadata, "split.count", count);
    }

    private static void requireKey(Path part, GgufMetadata metadata, String key, long expected) {
        long found = metadata.requireInteger(key);
        if (found != expected) {
            throw failure(
                    part,
                    "'%s' to be %d".formatted(key, expected),
                    Long.toString(found),
                    "Download the files of one model into one folder.");
        }
    }

    void requireTensors(int found) {
        if (tensorCount.isPresent() && tensorCount.getAsLong() != found) {
            throw failure(
                    opened,
                    "%d tensors in all %d files".formatted(tensorCount.getAsLong(), count),
                    Integer.toString(found),
                    "Download the files again.");
        }
    }

    private static ModelFormatException failure(
            Path path, String expected, String found, String advice) {
        return new ModelFormatException(
                "%s: expected %s, found %s. %s"
                        .formatted(path.getFileName(), expected, found, advice));
    }
}
