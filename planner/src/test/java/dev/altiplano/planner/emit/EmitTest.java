package dev.altiplano.planner.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.step.DataSharding;
import dev.altiplano.planner.step.Layout;
import dev.altiplano.planner.step.Recompute;
import dev.altiplano.planner.step.Schedule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

final class EmitTest {
    private static final Set<String> PARALLELISM =
            Set.of(
                    "data_parallel_replicate_degree",
                    "data_parallel_shard_degree",
                    "fsdp_reshard_after_forward",
                    "tensor_parallel_degree",
                    "enable_async_tensor_parallel",
                    "pipeline_parallel_degree",
                    "pipeline_parallel_schedule",
                    "pipeline_parallel_microbatch_size",
                    "pipeline_parallel_layers_per_stage",
                    "context_parallel_degree",
                    "expert_parallel_degree",
                    "expert_tensor_parallel_degree");

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theHeaderTellsThePlanTheDateAndTheDefaults(Engine engine) {
        assertThat(engine.emit(Inputs.llama3()))
                .contains("# plan: 0123abcd", "# date of the plan: 2026-03-01", "link = 0.8");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 16, 128})
    void degreesOfTheTomlMultiplyToTheWorldSize(int shard) {
        Layout layout = Inputs.LLAMA_3.with(DataSharding.ZERO_3).withShardGroup(shard);
        JsonNode node = toml(Inputs.of("llama-3.1-405b", layout, "x")).get("parallelism");

        assertThat(
                        degree(node, "data_parallel_replicate")
                                * degree(node, "data_parallel_shard")
                                * degree(node, "tensor_parallel")
                                * degree(node, "context_parallel")
                                * degree(node, "pipeline_parallel"))
                .isEqualTo(16_384);
        assertThat(degree(node, "data_parallel_shard")).isEqualTo(shard);
    }

    @Test
    void theTomlHasNoKeyThatTheEngineDoesNotKnow() {
        JsonNode node = toml(Inputs.llama3());

        assertThat(PARALLELISM).containsAll(node.get("parallelism").propertyNames());
        assertThat(node.get("parallelism").get("pipeline_parallel_layers_per_stage").asInt())
                .isEqualTo(1);
        assertThat(node.get("checkpoint").get("interval").asInt()).isEqualTo(100);
        assertThat(node.get("training").get("local_batch_size").asInt()).isEqualTo(16);
    }

    @ParameterizedTest
    @EnumSource(Recompute.class)
    void recomputationIsOneThatTheEngineKnows(Recompute recompute) {
        EmitInput input = Inputs.of("llama-3.1-405b", Inputs.LLAMA_3.with(recompute), "x");

        assertThat(toml(input).get("activation_checkpoint").get("mode").asString())
                .isIn("none", "selective", "full");
    }

    @Test
    void hostileNamesStayInsideTheirStrings() {
        JsonNode node = toml(Inputs.of("llama-3.1-405b", Inputs.LLAMA_3, Inputs.HOSTILE));

        assertThat(node.get("job").get("description").asString())
                .contains("rm -rf /", "\\'''\"\"\"$(id)")
                .doesNotContain("\n", "\u001b");
        assertThat(node.propertyNames()).hasSize(7);
    }

    @Test
    void llama4InTomlSaysThatItIsNotThePublishedArchitecture() {
        assertThat(Engine.TORCHTITAN_TOML.emit(Inputs.scout()))
                .contains("not the published architecture", "17bx16e_irope");
    }

    @Test
    void llama4OnMainIsRefusedByNameOfTheRelease() {
        assertThatThrownBy(() -> Engine.TORCHTITAN_PY.emit(Inputs.scout()))
                .isInstanceOf(PlannerException.class)
                .hasMessage(
                        "E501 engine torchtitan-py has no model llama4 (removed June 2026); use"
                                + " torchtitan-toml v0.2.2");
    }

    @Test
    void aModelThatTheEngineDoesNotHaveIsRefused() {
        refused(Inputs.of("llama-2-7b", Layout.dense(8, 1, 1, 8, 1, 1), "x"), "has no model");
    }

    @ParameterizedTest
    @EnumSource(
            value = Schedule.class,
            names = {"ZB_H1", "ZB_H2", "DUAL_PIPE"})
    void aScheduleThatTheEngineDoesNotHaveIsRefused(Schedule schedule) {
        refused(
                Inputs.of("llama-3.1-405b", Inputs.LLAMA_3.with(1, Recompute.NONE, schedule), "x"),
                "has no schedule " + schedule);
    }

    @Test
    void expertTensorParallelismBetweenOneAndTpIsRefused() {
        Layout layout = Layout.dense(8, 1, 1, 64, 1, 1).withExperts(16, 2);
        refused(Inputs.of("llama-4-scout", layout, "x"), "needs expert tp 1 or tp 8");
    }

    @Test
    void anUnevenBatchIsRefusedByAllEngines() {
        EmitInput input = Inputs.of("llama-3.1-8b", Layout.dense(8, 1, 1, 3, 1, 1), "x");

        for (Engine engine : Engine.values()) {
            assertThat(engine.limits(input)).extracting(Problem::code).contains(ErrorCode.E102);
        }
    }

    @Test
    void aHostNameThatIsNoneIsRefused() {
        EmitInput good = Inputs.llama3();
        EmitInput input =
                new EmitInput(
                        good.model(),
                        good.layout(),
                        good.training(),
                        Inputs.cluster(List.of("node-1\n#SBATCH --wrap=x"), "image"),
                        good.origin());

        assertThat(Engine.SLURM.limits(input))
                .extracting(Problem::code)
                .containsExactly(ErrorCode.E005);
    }

    @Test
    void enginesAreFoundByTheirLabel() {
        assertThat(Engine.named("jobset")).isEqualTo(Engine.JOBSET);
        assertThatThrownBy(() -> Engine.named("pbs")).hasMessageContaining("torchtitan-py, slurm");
    }

    private static void refused(EmitInput input, String why) {
        assertThat(Engine.TORCHTITAN_TOML.limits(input))
                .anySatisfy(
                        problem -> {
                            assertThat(problem.code()).isEqualTo(ErrorCode.E501);
                            assertThat(problem.message()).contains(why);
                        });
    }

    private static int degree(JsonNode node, String name) {
        return node.get(name + "_degree").asInt();
    }

    private static JsonNode toml(EmitInput input) {
        return new TomlMapper().readTree(Engine.TORCHTITAN_TOML.emit(input));
    }
}
