package dev.altiplano.cli;

import dev.altiplano.compute.Tensor;
import dev.altiplano.model.file.ModelFile;
import dev.altiplano.model.json.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code inspect --json} prints. Shapes are outermost first, sizes in bytes. */
final class InspectJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private InspectJson() {}

    static ObjectNode model(ModelFile file) {
        ModelFacts facts = ModelFacts.of(file);
        ObjectNode root =
                MAPPER.createObjectNode()
                        .put("path", file.path().toString())
                        .put("format", facts.format())
                        .put("size_bytes", file.sizeBytes())
                        .put("tensor_count", file.tensors().size())
                        .put(
                                "parameter_count",
                                file.tensors().stream()
                                        .mapToLong(tensor -> tensor.shape().elements())
                                        .sum());
        ObjectNode metadata = root.putObject("metadata");
        for (ModelFacts.Fact fact : facts.facts()) {
            metadata.set(fact.key(), node(fact.value()));
        }
        Map<String, Integer> formats = new TreeMap<>();
        file.tensors().forEach(tensor -> formats.merge(tensor.format().name(), 1, Integer::sum));
        ObjectNode formatCounts = root.putObject("formats");
        formats.forEach(formatCounts::put);
        ArrayNode tensors = root.putArray("tensors");
        file.tensors().forEach(tensor -> tensors.add(tensor(tensor)));
        return root;
    }

    /** Our own JSON text is read by the other library: both hold numbers exactly. */
    private static JsonNode node(Object value) {
        Object tree = value instanceof ModelFacts.LongArray array ? array.toMap() : value;
        return MAPPER.readTree(Json.write(tree));
    }

    private static ObjectNode tensor(Tensor tensor) {
        ObjectNode node =
                MAPPER.createObjectNode()
                        .put("name", tensor.name())
                        .put("format", tensor.format().name());
        ArrayNode shape = node.putArray("shape");
        for (long dimension : tensor.shape().toArray()) {
            shape.add(dimension);
        }
        return node.put("size_bytes", tensor.bytes().byteSize())
                .put("offset", tensor.location().offsetBytes())
                .put("file", String.valueOf(tensor.location().file().getFileName()));
    }

    /** Each tensor with figures of its values. */
    static ArrayNode tensors(List<Tensor> tensors) {
        ArrayNode array = MAPPER.createArrayNode();
        for (Tensor tensor : tensors) {
            TensorValues.Figures figures = TensorValues.Figures.of(tensor);
            ObjectNode node =
                    tensor(tensor)
                            .put("min", figures.min())
                            .put("max", figures.max())
                            .put("mean", figures.mean())
                            .put("rms", figures.rms())
                            .put("not_finite", figures.notFinite());
            ArrayNode first = node.putArray("first");
            for (float value : figures.first()) {
                first.add(value);
            }
            array.add(node);
        }
        return array;
    }
}
