package dev.altiplano.model.file;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Tensor;
import dev.altiplano.model.json.Json;
import dev.altiplano.model.json.JsonAt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code model.safetensors.index.json}: which shard holds which tensor. */
record SafetensorsIndex(Path folder, Map<String, String> shardOfTensor) {
    static final String NAME = "model.safetensors.index.json";

    private static final long FILE_BYTES_MAX = 64L << 20;
    private static final int SHARDS_MAX = 1_000;

    static SafetensorsIndex read(Path folder) {
        JsonAt index = JsonAt.root(NAME, Json.read(folder.resolve(NAME), FILE_BYTES_MAX));
        JsonAt weightMap = index.require("weight_map");
        TensorTable.requireCount(NAME, weightMap.object().members().size());
        Map<String, String> shardOfTensor = new LinkedHashMap<>();
        for (String tensor : weightMap.object().members().keySet()) {
            JsonAt shard = weightMap.require(tensor);
            requirePlainName(shard);
            shardOfTensor.put(tensor, shard.string());
        }
        return new SafetensorsIndex(folder, shardOfTensor);
    }

    /** A shard lies in the folder itself: a path could lead to any file of the machine. */
    private static void requirePlainName(JsonAt shard) {
        String name = shard.string();
        boolean plain =
                name.endsWith(".safetensors")
                        && name.chars()
                                .noneMatch(c -> c == '/' || c == '\\' || c == ':' || c < ' ');
        if (!plain) {
            throw shard.expected("the name of a .safetensors file in the same folder");
        }
    }

    /** The names of all shards. Throws if one is missing. */
    Set<String> requireShards() {
        Set<String> shards = new LinkedHashSet<>(shardOfTensor.values());
        if (shards.size() > SHARDS_MAX) {
            throw failure(
                    "at most %d shards".formatted(SHARDS_MAX), Integer.toString(shards.size()));
        }
        List<String> missing =
                shards.stream().filter(shard -> !Files.exists(folder.resolve(shard))).toList();
        if (!missing.isEmpty()) {
            throw failure(
                    "all %d shards in the folder".formatted(shards.size()),
                    "%d missing: %s".formatted(missing.size(), String.join(", ", missing)));
        }
        return shards;
    }

    /** The tensors that the index names. Throws if one is not in its shard. */
    List<Tensor> requireTensors(Map<String, SafetensorsFile> shards) {
        List<Tensor> tensors = new ArrayList<>();
        for (Map.Entry<String, String> entry : shardOfTensor.entrySet()) {
            SafetensorsFile shard = shards.get(entry.getValue());
            if (shard == null) {
                throw new IllegalArgumentException("not opened: " + entry.getValue());
            }
            tensors.add(
                    shard.find(entry.getKey())
                            .orElseThrow(
                                    () ->
                                            failure(
                                                    "tensor '%s' in %s"
                                                            .formatted(
                                                                    entry.getKey(),
                                                                    entry.getValue()),
                                                    "none of that name there")));
        }
        return tensors;
    }

    private static ModelFormatException failure(String expected, String found) {
        return new ModelFormatException(
                "%s: expected %s, found %s. Download the model again into one folder."
                        .formatted(NAME, expected, found));
    }
}
