package dev.altiplano.model.file;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tensors by name, in the order of the file. Immutable. */
final class TensorTable {
    /** More than any checkpoint of the Llama family has; each costs some hundred bytes of heap. */
    static final int TENSORS_MAX = 1 << 16;

    private final String file;
    private final List<Tensor> tensors;
    private final Map<String, Tensor> byName;

    /** Throws {@link ModelFormatException} if two tensors have one name. */
    TensorTable(String file, List<Tensor> tensors) {
        this.file = file;
        this.tensors = List.copyOf(tensors);
        this.byName = LinkedHashMap.newLinkedHashMap(tensors.size());
        for (Tensor tensor : tensors) {
            Tensor other = byName.put(tensor.name(), tensor);
            if (other != null) {
                throw new ModelFormatException(
                        "%s: expected each tensor once, found it at byte %d of %s, too. Download the"
                                        .formatted(
                                                tensor.location(),
                                                other.location().offsetBytes(),
                                                other.location().file().getFileName())
                                + " file again.");
            }
        }
    }

    /** Refuses files with more tensors than {@link #TENSORS_MAX}. */
    static void requireCount(String file, long count) {
        if (count > TENSORS_MAX) {
            throw new ModelFormatException(
                    "%s: expected at most %d tensors, found %d. Is this the right file?"
                            .formatted(file, TENSORS_MAX, count));
        }
    }

    List<Tensor> tensors() {
        return tensors;
    }

    Optional<Tensor> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Tensor require(String name) {
        return find(name)
                .orElseThrow(
                        () ->
                                new ModelFormatException(
                                        "%s: expected a tensor '%s', found none of that name among %d. Convert or download the model again."
                                                .formatted(file, name, tensors.size())));
    }
}
