package dev.altiplano.model.convert;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Tensor;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.model.convert.QuantizeReport.TensorReport;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.GgufValue;
import dev.altiplano.model.file.GgufWriter;
import dev.altiplano.model.file.ModelWriteException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a smaller GGUF file out of one: the same metadata and tensors, most tensors in another
 * format. A model that was split into several files becomes one.
 *
 * <p>The input stays mapped and is read once; the heap holds a few chunks of weights for each
 * thread. The output appears when it is complete. The bytes do not depend on the number of threads.
 */
public final class Quantizer {
    /** The version of the quantised formats. Source: ggml, {@code GGML_QNT_VERSION}. */
    private static final long QUANTIZATION_VERSION = 2;

    private static final long COPY_BYTES = 1 << 22;

    private final FileType type;
    private final int threads;
    private final QuantizeProgress progress;
    private long doneBytes;
    private long totalBytes;

    /** {@code threads} from 1 to {@link WorkerTeam#THREADS_MAX}, the caller's included. */
    public Quantizer(FileType type, int threads, QuantizeProgress progress) {
        this.type = type;
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * Writes {@code source} to {@code target}, over an older file, and says what that cost. Throws
     * {@link ModelFormatException} if the source is not what it claims to be or holds weights that
     * the type cannot, {@link ModelWriteException} if the disk fails, and {@link
     * AltiplanoException} if both are the same file.
     */
    public QuantizeReport quantize(GgufFile source, Path target) {
        requireAnotherFile(source, target);
        TensorMix mix = new TensorMix(type, ModelFacts.of(source));
        List<TensorMix.Choice> choices =
                source.tensors().stream()
                        .map(tensor -> mix.choose(tensor.name(), tensor.shape(), tensor.format()))
                        .toList();
        doneBytes = 0;
        totalBytes = source.tensors().stream().mapToLong(t -> t.bytes().byteSize()).sum();
        try (GgufWriter writer = GgufWriter.create(target);
                WorkerTeam team = new WorkerTeam(threads)) {
            copyMetadata(source, writer);
            declare(source, choices, writer);
            List<TensorReport> reports =
                    source.reading(() -> writeTensors(source, choices, writer, team));
            writer.finish();
            return new QuantizeReport(type, reports);
        }
    }

    private static void requireAnotherFile(GgufFile source, Path target) {
        Stream<Path> files = source.tensors().stream().map(tensor -> tensor.location().file());
        for (Path file : Stream.concat(Stream.of(source.path()), files).distinct().toList()) {
            if (isSameFile(file, target)) {
                throw new AltiplanoException(
                        "%s: expected another file than the input, found the input. Choose another name."
                                .formatted(target));
            }
        }
    }

    private static boolean isSameFile(Path source, Path target) {
        try {
            return Files.exists(target) && Files.isSameFile(source, target);
        } catch (IOException failure) {
            throw new ModelFormatException(
                    "%s: expected to compare it with %s, found %s. Choose another name."
                            .formatted(target, source, failure.getMessage()),
                    failure);
        }
    }

    private void copyMetadata(GgufFile source, GgufWriter writer) {
        for (String key : source.metadata().keys()) {
            if (!key.startsWith("split.")) {
                writer.put(key, source.metadata().find(key).orElseThrow());
            }
        }
        writer.put("general.quantization_version", GgufValue.uint32(QUANTIZATION_VERSION));
        writer.put("general.file_type", GgufValue.uint32(type.id()));
    }

    private static void declare(
            GgufFile source, List<TensorMix.Choice> choices, GgufWriter writer) {
        for (int i = 0; i < choices.size(); i++) {
            Tensor tensor = source.tensors().get(i);
            writer.declare(tensor.name(), choices.get(i).format(), tensor.shape());
        }
    }

    private List<TensorReport> writeTensors(
            GgufFile source, List<TensorMix.Choice> choices, GgufWriter writer, WorkerTeam team) {
        TensorQuantizer quantizer = new TensorQuantizer(team, writer::write, this::advance);
        List<TensorReport> reports = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            Tensor tensor = source.tensors().get(i);
            TensorMix.Choice choice = choices.get(i);
            reports.add(
                    choice.format() == tensor.format()
                            ? copy(tensor, choice.note(), writer)
                            : quantizer.quantize(tensor, choice.format(), choice.note()));
        }
        return reports;
    }

    private TensorReport copy(Tensor tensor, String note, GgufWriter writer) {
        MemorySegment bytes = tensor.bytes();
        for (long at = 0; at < bytes.byteSize(); at += COPY_BYTES) {
            long count = Math.min(COPY_BYTES, bytes.byteSize() - at);
            writer.write(bytes.asSlice(at, count));
            advance(count);
        }
        return new TensorReport(
                tensor.name(), tensor.shape(), tensor.format(), tensor.format(), 0, 0, note);
    }

    private void advance(long bytes) {
        doneBytes += bytes;
        progress.advance(doneBytes, totalBytes);
    }
}
