package dev.altiplano.planner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Boundary;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.schema.DefaultUsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlanReaderTest {
    private static final PlanReader READER = new PlanReader(Catalog.builtIn());

    static final String SHORTEST =
            """
            model: llama-3.1-405b
            training: {tokens: 15.6T}
            cluster: {accelerator: h100-sxm, gpus: 16384}
            """;

    static final String FULL =
            """
            name: maverick-on-100k-h100
            model: llama-4-maverick
            training:
              tokens: 22T
              sequence: 8192
              batch_tokens: {min: 16M, max: 64M}
              optimizer: adamw
              precision: {compute: bf16, weights: bf16, gradients: fp32, master: fp32, moments: fp32}
              attention_flops: causal
            cluster:
              accelerator: h100-sxm
              gpus: 100000
              node: hgx-h100
              fabric: {rack: 16, pod: 3072, oversubscription: 7, nic: 400 Gb/s}
              spares: auto
              inventory: nodes.csv
            layout: {tp: 8, cp: 1, pp: 16, ep: 16, dp: 128, v: 8, micro: 1, zero: 1, recompute: none, schedule: interleaved}
            reliability: {profile: llama3-2024, recovery: hot-spare, checkpoint: {interval: auto, stall: 5 s, bytes_per_param: 14}, storage: 2 TB/s}
            site: {region: OH, pue: 1.08, cap: {value: 150 MW, of: facility}, ramp: 10 MW/min, curtailment: [{from: "2026-07-01T16:00", hours: 3, to: 112 MW}]}
            money: {server: 40000 USD/gpu, life: 4 y, residual: 0.1, tariff: auto, demand_charge: 12 USD/kW/month, staff: 0}
            seed: 1
            samples: 200
            """;

    @TempDir Path folder;

    @Test
    void readsTheSpecificationsExample() {
        PlanInput plan = READER.read("plan.yaml", FULL, List.of());

        assertThat(plan.training().tokens()).isEqualTo(22e12);
        assertThat(plan.training().batchMaxTokens()).isEqualTo(64_000_000);
        assertThat(plan.cluster().fabric().nicBytesPerSecond()).isEqualTo(50e9);
        assertThat(plan.layout().named().orElseThrow().dp()).isEqualTo(128);
        SiteInput.PowerLimit cap = plan.site().cap().orElseThrow();
        assertThat(cap).isEqualTo(new SiteInput.PowerLimit(150e6, Boundary.FACILITY));
        SiteInput.Curtailment window = plan.site().curtailments().getFirst();
        assertThat(window.limit()).isEqualTo(new SiteInput.PowerLimit(112e6, Boundary.FACILITY));
        assertThat(window.until()).hasToString("2026-07-01T19:00");
        assertThat(plan.site().rampWattsPerSecond().orElseThrow())
                .isCloseTo(10e6 / 60, within(1e-6));
        assertThat(plan.money().tariff().likely()).isEqualTo(7.03);
    }

    @Test
    void namesTheCommandThatListsTheNames() {
        PlannerException refusal =
                catchThrowableOfType(
                        PlannerException.class,
                        () -> READER.read("plan.yaml", FULL, List.of("site.region=Nowhere")));

        assertThat(refusal)
                .hasMessage(
                        "E301 region Nowhere unknown (--set, site.region);"
                                + " altiplano plan catalog regions lists all "
                                + Catalog.builtIn().regions().size());
    }

    /** A shell completes paths from the folder that it stands in. */
    @Test
    void aPathOfThePlanStartsAtThePlanAndOneOfTheCommandLineWhereItIsTyped() throws IOException {
        Path plan = Files.writeString(folder.resolve("plan.yaml"), FULL);

        assertThat(READER.read(plan, List.of()).cluster().inventory())
                .contains(folder.toAbsolutePath().resolve("nodes.csv"));
        assertThat(
                        READER.read(plan, List.of("cluster.inventory=sub/nodes.csv"))
                                .cluster()
                                .inventory())
                .contains(Path.of("sub/nodes.csv"));
    }

    @Test
    void readsTheSeriesAndTheModelThatTheCommandLineNames() throws IOException {
        Path plan = Files.writeString(folder.resolve("plan.yaml"), SHORTEST);
        Path here = Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath());
        Files.writeString(folder.resolve("grid.csv"), "hour,kg_per_kwh,usd_per_kwh\n0,0.1,0.02\n");
        Files.writeString(
                folder.resolve("own.json"),
                "{\"hidden_size\": 64, \"num_hidden_layers\": 2, \"num_attention_heads\": 4,"
                        + " \"intermediate_size\": 128, \"vocab_size\": 100}");

        PlanInput input =
                READER.read(
                        plan,
                        List.of(
                                "site.series=" + here + "/grid.csv",
                                "model=" + here + "/own.json"));

        assertThat(input.site().series()).isPresent();
        assertThat(input.model().shape().layers()).isEqualTo(2);
    }

    @Test
    void listsEveryDefaultThatTheShortestPlanUses() {
        PlanInput plan = READER.read("plan.yaml", SHORTEST, List.of());

        assertThat(plan.defaults())
                .contains(
                        new DefaultUsed(
                                "site.pue", "1.08", "power usage effectiveness at design load"))
                .extracting(DefaultUsed::key)
                .contains("training.batch_tokens", "reliability.profile", "money.server", "layout")
                .doesNotHaveDuplicates()
                .doesNotContain("training.tokens", "cluster.gpus");
    }

    @Test
    void aPlanThatSaysEverythingUsesFewDefaults() {
        assertThat(READER.read("plan.yaml", FULL, List.of()).defaults())
                .extracting(DefaultUsed::key)
                .doesNotContain("site.pue", "site.region", "layout", "money.server", "seed");
    }

    @Test
    void readsJsonAsWell() {
        String json =
                """
                {"model": "llama-3.1-8b", "training": {"tokens": 1.5e13, "sequence": 8192},
                 "cluster": {"accelerator": "h100-sxm", "gpus": 1024, "spares": 4}}
                """;

        PlanInput plan = READER.read("plan.json", json, List.of());

        assertThat(plan.training().tokens()).isEqualTo(1.5e13);
        assertThat(plan.cluster().spareNodes()).hasValue(4);
    }

    @Test
    void takesEveryOwnBlock() {
        String own =
                """
                model: {layers: 32, hidden: 4096, ffn: 14336, heads: 32, kv_heads: 8, vocab: 128256}
                training: {tokens: 1T}
                cluster:
                  accelerator: {bf16: 500 TFLOP/s, memory: 64 GB, bandwidth: 3 TB/s, link: 400 GB/s, tdp: 450 W}
                  node: {gpus: 4, host_watts: 300 W, nic: 200 Gb/s}
                  gpus: 4096
                reliability: {profile: {component: node, mtbf: 2.5 y}, restart: 10 min}
                site: {region: {carbon: 0.05 kg/kWh, price: 4 c/kWh}}
                measured: {flops_per_gpu: {low: 180 TFLOP/s, likely: 200 TFLOP/s, high: 210 TFLOP/s, grade: measured, source: our log}}
                """;

        PlanInput plan = READER.read("plan.yaml", own, List.of());

        assertThat(plan.cluster().spec().peakFlops()).isEqualTo(500e12);
        // 1,024 nodes with 2.5 years each: one failure in 21.4 hours.
        assertThat(plan.reliability().profile().mttiHours(4096))
                .isCloseTo(2.5 * 8760 / 1024, within(1e-9));
        assertThat(plan.reliability().restartSeconds()).hasValue(600.0);
        assertThat(plan.site().region().carbon().base() * 3.6e6).isCloseTo(0.05, within(1e-12));
        assertThat(plan.measured().flopsPerGpu().orElseThrow().grade()).isEqualTo(Grade.MEASURED);
    }

    @Test
    void readsAModelInTheFormOfConfigJson() throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                """
                {"model_type": "llama4", "text_config": {"num_hidden_layers": 48, "hidden_size": 5120,
                 "intermediate_size": 8192, "intermediate_size_mlp": 16384, "num_attention_heads": 40,
                 "num_key_value_heads": 8, "head_dim": 128, "vocab_size": 202048,
                 "num_local_experts": 128, "num_experts_per_tok": 1, "interleave_moe_layer_step": 2,
                 "attention_chunk_size": 8192, "no_rope_layer_interval": 4, "rope_scaling": null}}
                """);
        Path plan = folder.resolve("plan.yaml");
        Files.writeString(plan, SHORTEST.replace("llama-3.1-405b", "config.json"));

        double parameters = READER.read(plan, List.of()).model().shape().parameters();

        assertThat(parameters).isCloseTo(400.71e9, within(0.01e9));
    }

    @Test
    void overridesWhatTheFileSays() {
        PlanInput plan =
                READER.read(
                        "plan.yaml",
                        SHORTEST,
                        List.of("cluster.gpus=8192", "site.cap={value: 80 MW, of: it}"));

        assertThat(plan.cluster().gpus()).isEqualTo(8192);
        assertThat(plan.site().cap().orElseThrow().boundary()).isEqualTo(Boundary.IT);
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "site.pue=0.9 | E202 | pue 0.9 below 1",
                "site.pue=nan | E401 | not a finite number",
                "site.cap=150 MW | E201 | power 150 MW has no boundary (accelerator, node, it, facility)",
                "site.cap={value: 150 MW} | E201 | power 150 MW has no boundary",
                "site.cap={value: 150 MWh, of: it} | E006 | measures power x time",
                "site.region=XX | E301 | region XX unknown; did you mean TX?",
                "cluster.accelerator=h1000 | E304 | accelerator h1000 unknown; did you mean h100-sxm or",
                "cluster.node=hgxh100 | E304 | node hgxh100 unknown; did you mean hgx-h100?",
                "reliability.profile=rsc | E304 | profile rsc unknown; did you mean rsc-1 or rsc-2?",
                "model=llama4 | E304 | did you mean llama-4-scout or llama-4-maverick?",
                "model=\"no\\0.json\" | E001 | no file can be called so",
                "site.curtailment=[{from: 2026-07-01T16:00, hours: -3, to: {value: 1 MW, of: it}}] | E302 | curtailment window ends before it begins",
                "site.curtailment=[{from: 2026-07-01T16:00, hours: 3, to: 1 MW}] | E201 | power 1 MW has no boundary",
                "site.curtailment=[{from: noon, hours: 3, to: 1 MW}] | E005 | is no moment",
                "site.start=2026-13-01T00:00 | E005 | is no moment",
                "cluster.gpus=-5 | E401 | gpus -5 below 1",
                "cluster.gpus=20M | E401 | gpus 20M above 10000000",
                "cluster.gpus=1e999 | E401 | overflows",
                "cluster.gpus=12.5 | E005 | not a whole number",
                "cluster.gpus=many | E005 | is not a number",
                "cluster.gpus=[1] | E005 | a list is not a number",
                "cluster.gps=1 | E003 | key 'gps' unknown; did you mean gpus?",
                "clusters.gpus=1 | E003 | did you mean cluster?",
                "cluster.accelerator=h100 | E304 | accelerator h100 unknown",
                "cluster.accelerator={bf16: 1979, memory: 80 GB, bandwidth: 3.35, link: 900, tdp: 700} | E203 | bf16 1979 TFLOP/s for h100-sxm is the sparse figure; dense is 989",
                "cluster.accelerator={bf16: 989} | E004 | key 'memory' is missing",
                "cluster.accelerator=mi300a | E004 | no figure for its link",
                "model=llama-3.1-406b | E304 | did you mean llama-3.1-405b?",
                "model={layers: 20000, hidden: 8, ffn: 8, heads: 1, vocab: 8} | E401 | layers 20000 above 10000",
                "model={layers: 2, hidden: 8, ffn: 8, heads: 2, kv_heads: 4, vocab: 8} | E005 | kv heads 4 is outside 1 to 2",
                "training.tokens=5 s | E006 | measures time",
                "training.tokens= | E004 | key has no value",
                "training.batch_tokens={min: 64M, max: 16M} | E005 | is empty",
                "training.optimizer=adam | E005 | did you mean adamw?",
                "training.flash=maybe | E005 | is no yes or no",
                "layout=sarch | E005 | did you mean search?",
                "layout={tp: 0} | E401 | tp 0 below 1",
                "reliability.profile={mtbf: 5 y, per_thousand_node_days: 3} | E004 | needs one of",
                "money.server={low: 5, likely: 3, high: 9} | E005 | out of order",
                "money.server={low: 5, likley: 6} | E003 | did you mean likely?",
                "money.server={value: 5, grade: sure} | E005 | grade 'sure'",
                "seed=[1 | E002 | not YAML",
                "=5 | E005 | is no override",
            })
    void namesWhatIsWrong(String override, String code, String message) {
        List<Problem> problems = problems(SHORTEST, override);

        assertThat(problems)
                .anySatisfy(
                        problem -> {
                            assertThat(problem.code()).isEqualTo(ErrorCode.valueOf(code));
                            assertThat(problem.message()).contains(message);
                            assertThat(problem.place()).isPresent();
                        });
    }

    @Test
    void tellsAllProblemsOfAFileTogetherWithTheirLines() {
        String text =
                """
                model: llama-3.1-405b
                training: {tokens: -1}
                cluster:
                  accelerator: h100-sxm
                  gpus: 16384
                  colour: red
                site:
                  pue: 0.9
                  region: XX
                """;

        assertThat(problems(text))
                .extracting(Problem::toString)
                .satisfiesExactly(
                        first ->
                                assertThat(first)
                                        .startsWith("E401 tokens -1 below 1")
                                        .contains("plan.yaml line 2, training.tokens"),
                        second -> assertThat(second).contains("E003", "line 6", "cluster.colour"),
                        third ->
                                assertThat(third)
                                        .contains("E202", "line 8, site.pue", "allowed: 1 to 5"),
                        fourth -> assertThat(fourth).contains("E301", "line 9, site.region"));
    }

    @Test
    void quotesNoMoreThanTheBeginningOfATextThatIsNoPlan() {
        assertThat(problems("node,rack\n".repeat(500)))
                .singleElement()
                .extracting(Problem::toString)
                .asString()
                .startsWith("E005 found 'node,rack node,rack")
                .contains("…'")
                .hasSizeLessThan(250);
    }

    @Test
    void namesAMissingFile() {
        PlannerException refusal =
                catchThrowableOfType(
                        PlannerException.class,
                        () -> READER.read(folder.resolve("none.yaml"), List.of()));

        assertThat(refusal).hasMessageStartingWith("E001").hasMessageContaining("no such file");
    }

    private static List<Problem> problems(String text, String... overrides) {
        PlannerException refusal =
                catchThrowableOfType(
                        PlannerException.class,
                        () -> READER.read("plan.yaml", text, List.of(overrides)));
        assertThat(refusal).isNotNull();
        return refusal.problems();
    }
}
