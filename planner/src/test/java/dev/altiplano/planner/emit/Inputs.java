package dev.altiplano.planner.emit;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.step.Layout;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** Plans for the tests. */
final class Inputs {
    /** Text that would break out of any of the four formats. */
    static final String HOSTILE =
            "a\"; rm -rf /\n\u2028#SBATCH --wrap=x\\'''\"\"\"$(id)`id`%s ]\u001b[2J: {";

    static final Layout LLAMA_3 = Layout.dense(8, 1, 16, 128, 8, 1);

    private Inputs() {}

    static EmitInput of(String model, Layout layout, String name) {
        return new EmitInput(
                Objects.requireNonNull(Catalog.builtIn().models().get(model), model),
                layout,
                new EmitInput.Training(name, 8_192, 2_048, 1_000, 660, 6.6),
                cluster(List.of("node-7", "node-12"), name),
                new EmitInput.Origin(
                        "0123abcd", LocalDate.of(2026, 3, 1), List.of("link = 0.8", name)));
    }

    static EmitInput llama3() {
        return of("llama-3.1-405b", LLAMA_3, "Llama 3 405B");
    }

    static EmitInput scout() {
        return of("llama-4-scout", Layout.dense(8, 1, 1, 64, 1, 1).withExperts(16, 1), "Scout");
    }

    static EmitInput.Cluster cluster(List<String> excluded, String image) {
        return new EmitInput.Cluster(
                8,
                96,
                16,
                Duration.ofHours(50),
                "train",
                "training",
                image,
                excluded,
                12,
                20,
                List.of("-m", "torchtitan.train", "--job.config_file", "train.toml"));
    }
}
