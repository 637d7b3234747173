package dev.altiplano.bench.peers;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.json.Json;
import dev.altiplano.model.json.JsonAt;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One result of one process.
 *
 * @param build the version that the engine gives itself
 * @param gigabytesPerSecond what it says it read; empty for engines that do not say
 */
record Sample(
        Workload workload,
        double tokensPerSecond,
        String build,
        OptionalDouble gigabytesPerSecond) {

    /** Reads llama-bench's JSON, after any line of text; throws {@link ModelFormatException}. */
    static List<Sample> parse(String engine, String printed) {
        String json = printed.substring(Math.max(0, printed.indexOf('[')));
        List<Sample> samples = new ArrayList<>();
        for (JsonAt item : JsonAt.root(engine, Json.parse(json)).items()) {
            int prompt = tokens(item, "n_prompt");
            int answer = tokens(item, "n_gen");
            if ((prompt == 0) != (answer == 0)) {
                samples.add(sample(item, new Workload(prompt, answer, tokens(item, "n_depth"))));
            }
        }
        return samples;
    }

    private static Sample sample(JsonAt item, Workload workload) {
        double rate = item.require("avg_ts").number();
        if (!(rate > 0)) {
            throw item.require("avg_ts").expected("tokens a second above 0");
        }
        return new Sample(
                workload,
                rate,
                item.find("build_commit").map(JsonAt::string).orElse("unknown"),
                item.find("read_gb_per_s")
                        .map(value -> OptionalDouble.of(value.number()))
                        .orElse(OptionalDouble.empty()));
    }

    /** Older builds lack the depth. */
    private static int tokens(JsonAt item, String key) {
        return item.find(key).map(value -> value.integer(0, 1 << 24)).orElse(0);
    }
}
