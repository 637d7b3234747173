package dev.altiplano.planner.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.altiplano.planner.step.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The three files that other programs read: bash, Python and YAML. */
final class ScriptsTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"Llama 3 405B", Inputs.HOSTILE})
    void bashAcceptsTheBatchScript(String name) throws Exception {
        String script = Engine.SLURM.emit(Inputs.of("llama-3.1-405b", Inputs.LLAMA_3, name));

        assertThat(exit(script, "bash", "-n")).isZero();
        assertThat(script)
                .startsWith("#!/bin/bash\n# plan")
                .contains("#SBATCH --nodes=2048\n", "#SBATCH --exclude=node-7,node-12\n")
                .contains("#SBATCH --time=2-02:00:00\n", "'--job.config_file' 'train.toml'");
        assertThat(script.lines().filter(line -> line.startsWith("#SBATCH --wrap"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Llama 3 405B", Inputs.HOSTILE})
    void pythonCompilesTheConfiguration(String name) throws Exception {
        assumeTrue(isThere("python3"), "python3 is not installed");
        String module =
                Engine.TORCHTITAN_PY.emit(Inputs.of("llama-3.1-405b", Inputs.LLAMA_3, name));

        assertThat(exit(module, "python3", "-m", "py_compile")).isZero();
        assertThat(module)
                .contains("num_tokens_per_train_step=16777216,", "num_pp_microbatches=16,")
                .contains("data_parallel_shard_degree=128,", "pipeline_parallel_degree=16,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Llama 3 405B", Inputs.HOSTILE})
    void theJobSetHasOnePodForEachNode(String name) {
        List<Object> documents = yaml(Inputs.of("llama-3.1-405b", Inputs.LLAMA_3, name));

        assertThat(documents)
                .extracting(document -> at(document, "kind"))
                .containsExactly(
                        "Topology", "ResourceFlavor", "ClusterQueue", "LocalQueue", "JobSet");
        Object job = at(documents.get(4), "spec", "replicatedJobs", 0, "template", "spec");
        assertThat(at(job, "parallelism")).isEqualTo(2_048).isEqualTo(at(job, "completions"));
        Object pod = at(job, "template", "spec");
        assertThat(at(pod, "containers", 0, "resources", "limits", "nvidia.com/gpu")).isEqualTo(8);
        assertThat(at(pod, "containers", 0, "image")).isEqualTo(Quote.comment(name));
        assertThat(at(job, "template", "metadata", "annotations"))
                .isEqualTo(
                        Map.of(
                                "kueue.x-k8s.io/podset-slice-required-topology", "topology/rack",
                                "kueue.x-k8s.io/podset-slice-size", "16"));
        assertThat(at(documents.get(2), "spec", "resourceGroups", 0, "flavors", 0, "resources", 0))
                .isEqualTo(Map.of("name", "nvidia.com/gpu", "nominalQuota", 2_060 * 8));
    }

    @Test
    void moreNodesThanOneClusterIsTestedForAreWarnedOf() {
        Layout large = Layout.dense(8, 1, 16, 512, 8, 1);

        assertThat(Engine.JOBSET.emit(Inputs.of("llama-3.1-405b", large, "x")))
                .contains("# WARNING: 8204 nodes");
        assertThat(Engine.JOBSET.emit(Inputs.llama3())).doesNotContain("WARNING");
    }

    private static List<Object> yaml(EmitInput input) {
        List<Object> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(Engine.JOBSET.emit(input))
                .forEach(documents::add);
        return documents;
    }

    private static Object at(Object node, Object... path) {
        Object at = node;
        for (Object step : path) {
            at =
                    switch (at) {
                        case List<?> list -> Objects.requireNonNull(list.get((Integer) step));
                        case Map<?, ?> map -> Objects.requireNonNull(map.get(step));
                        default -> throw new AssertionError("no place " + step);
                    };
        }
        return at;
    }

    private int exit(String text, String... command) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("emitted.py"), text);
        List<String> all = new ArrayList<>(List.of(command));
        all.add(file.toString());
        return new ProcessBuilder(all).inheritIO().start().waitFor();
    }

    private static boolean isThere(String program) {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
