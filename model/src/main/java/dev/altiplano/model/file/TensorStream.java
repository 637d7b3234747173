package dev.altiplano.model.file;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Writes the data section of a file: the bytes of each declared tensor in turn, each begun at a
 * multiple of the alignment. Counts, so that no tensor gets a byte too many or too few.
 */
final class TensorStream {
    private final AtomicFile file;
    private final List<Declared> tensors;
    private final long alignment;
    private int index;
    private long left;

    /** A tensor to be written. */
    record Declared(String name, long sizeBytes) {}

    TensorStream(AtomicFile file, List<Declared> tensors, long alignment) {
        this.file = file;
        this.tensors = tensors;
        this.alignment = alignment;
        this.index = -1;
        next();
    }

    /** The next bytes of the current tensor; throws if that has fewer left. */
    void write(MemorySegment bytes) {
        if (bytes.byteSize() > left) {
            throw new IllegalStateException(
                    "expected at most %d more bytes of %s, found %d"
                            .formatted(left, current(), bytes.byteSize()));
        }
        file.write(bytes);
        left -= bytes.byteSize();
        if (left == 0 && index < tensors.size()) {
            next();
        }
    }

    /** Steps to the next tensor that has bytes; behind the last one, pads the end as well. */
    private void next() {
        do {
            file.writeZeros(Math.floorMod(-file.position(), alignment));
            index++;
            left = index < tensors.size() ? tensors.get(index).sizeBytes() : 0;
        } while (left == 0 && index < tensors.size());
    }

    void requireComplete() {
        if (index < tensors.size()) {
            throw new IllegalStateException(
                    "expected %d more bytes of %s".formatted(left, current()));
        }
    }

    private String current() {
        return index < tensors.size()
                ? "tensor '%s'".formatted(tensors.get(index).name())
                : "data, as all tensors are complete";
    }
}
