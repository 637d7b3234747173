package dev.altiplano.model.convert;

import dev.altiplano.model.json.Json;
import dev.altiplano.model.json.JsonAt;
import dev.altiplano.model.llama.LlamaConfig;
import dev.altiplano.model.llama.RopeConfig;
import java.util.Optional;

/**
 * What {@code config.json} says of rotary positions, as far as GGUF stores it differently: new
 * files have {@code rope_parameters}, older ones {@code rope_theta} and {@code rope_scaling}.
 *
 * @param base empty if the file leaves it to the default of its architecture
 * @param type such as {@code llama3}, {@code linear} or {@code default}
 */
record HfRope(Optional<Double> base, String type, double factor) {
    private static final double BASE_LLAMA = 10_000;
    private static final double BASE_LLAMA4 = 500_000;

    static HfRope of(Json.Obj config) {
        JsonAt root = JsonAt.root("config.json", config);
        JsonAt text = root.find("text_config").orElse(root);
        Optional<JsonAt> parameters =
                text.find("rope_parameters").or(() -> text.find("rope_scaling"));
        Optional<Double> base =
                parameters
                        .flatMap(found -> found.find("rope_theta"))
                        .or(() -> text.find("rope_theta"))
                        .map(JsonAt::number);
        Optional<JsonAt> type =
                parameters.flatMap(found -> found.find("rope_type").or(() -> found.find("type")));
        double factor =
                parameters.flatMap(found -> found.find("factor")).map(JsonAt::number).orElse(1.0);
        return new HfRope(base, type.map(JsonAt::string).orElse("default"), factor);
    }

    double baseFor(LlamaConfig config) {
        return base.orElse(
                switch (config.architecture()) {
                    case LLAMA -> BASE_LLAMA;
                    case LLAMA4 -> BASE_LLAMA4;
                });
    }

    /** The scaling of Llama 3.1 has no keys in GGUF: each pair gets a divisor of its own. */
    boolean needsDivisors() {
        return type.equals("llama3");
    }

    /** By what the frequency of each pair is divided, shape [headDim / 2]. */
    float[] divisors(LlamaConfig config) {
        RopeConfig unscaled =
                RopeConfig.of(baseFor(config), config.headDim(), new RopeConfig.NoScaling());
        float[] divisors = new float[unscaled.pairs()];
        for (int i = 0; i < divisors.length; i++) {
            divisors[i] = (float) ((double) unscaled.frequency(i) / config.rope().frequency(i));
        }
        return divisors;
    }
}
