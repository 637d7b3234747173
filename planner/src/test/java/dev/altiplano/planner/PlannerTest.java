package dev.altiplano.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.emit.Engine;
import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.input.PlanReader;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.step.FlopsConvention;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlannerTest {
    private static final PlanReader READER = new PlanReader(Catalog.builtIn());

    private static final String LLAMA_3 =
            """
            model: llama-3.1-405b
            training: {tokens: 15.6T, sequence: 8192, batch_tokens: 16777216}
            cluster: {accelerator: h100-sxm, gpus: 16384}
            layout: {tp: 8, pp: 16, dp: 128, v: 8}
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "llama3-2024 | MEASURED",
                "{component: gpu, mtbf: 5 y} | STATED",
                "{component: gpu, mtbf: {value: 5 y, grade: assumed}} | ASSUMED",
                "{per_thousand_node_days: {value: 4, grade: measured}} | MEASURED",
                "{observed: {gpus: 1024, days: 30}, causes: {gpu: {count: 9}}} | STATED",
                "{observed: {gpus: {value: 1024, grade: measured}, days: {value: 30, grade: measured}},"
                        + " causes: {gpu: {count: {value: 9, grade: measured}}}} | MEASURED",
            })
    void ratesOfFailureAreAsGoodAsTheirProfile(String profile, Grade grade) {
        Plan plan = plan("reliability.profile=" + profile);

        assertThat(plan.failures().stops().grade()).isEqualTo(grade);
    }

    @Test
    void freeCheckpointsNeedAnInterval() {
        assertThatThrownBy(() -> plan("reliability.checkpoint.stall=0"))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("have no best interval")
                .hasMessageContaining("--set reliability.checkpoint.interval=");

        Plan plan = plan("reliability.checkpoint={stall: 0, interval: 10 min}");
        assertThat(plan.failures().kept().share()).isBetween(0.8, 1.0);
    }

    @Test
    void plansLlama3AsItWasTrained() {
        Plan plan = plan();

        assertThat(plan.compute().jobGpus()).isEqualTo(16_384);
        assertThat(plan.compute().flops(FlopsConvention.SIX_ND, 15.6e12))
                .isCloseTo(3.8e25, within(0.02e25));
        assertThat(plan.layout().chosen().orElseThrow().step().seconds())
                .isCloseTo(6.58, within(0.2));
        assertThat(3_600 / plan.failures().effective().mttiSeconds())
                .isCloseTo(419 / (54 * 24.0), within(1e-9));
        assertThat(plan.failures().trainingDays().value().likely()).isBetween(65.0, 85.0);
        assertThat(plan.failures().trainingDays().movers()).isNotEmpty();
    }

    @Test
    void threeWaysToGiveTheSameSpeedAgree() {
        Plan rate = plan("measured.tokens_per_gpu=150");
        double perToken = rate.compute().flops(FlopsConvention.CAUSAL, 1);
        Plan flops = plan("measured.flops_per_gpu=" + 150 * perToken / 1e12);

        assertThat(flops.compute().tokensPerSecond().likely())
                .isCloseTo(rate.compute().tokensPerSecond().likely(), within(1e-3));
        assertThat(flops.failures().trainingDays().value().likely())
                .isCloseTo(rate.failures().trainingDays().value().likely(), within(1e-6));
    }

    @Test
    void gpuHoursAlreadyHoldTheStops() {
        Plan plan = plan("measured.gpu_hours=30.84M");

        assertThat(plan.failures().trainingDays().value().likely())
                .isCloseTo(30.84e6 / 16_384 / 24, within(1e-6));
        assertThat(plan.failures().goodput().share()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "layout={tp: 8, cp: 16, pp: 16, dp: 4} | E101 layout does not multiply: tp 8 x cp 16 x pp 16 x dp 4 = 8192",
                "layout={tp: 8, pp: 16, dp: 100} | E10",
                "layout={tp: 8, pp: 1, dp: 2048} | E103",
                "layout={tp: 16, pp: 16, dp: 64} | E104 tp 16 is larger than the link domain 8 of hgx-h100",
                "layout={tp: 8, pp: 16, dp: 128, ep: 3} | E106",
            })
    void refusesALayoutThatCannotBe(String override, String message) {
        assertThatThrownBy(() -> plan(override))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("layout");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"training.batch_tokens=2M", "training.batch_tokens={min: 2M; max: 2001000}"})
    void refusesABatchWithoutAWholeNumberOfSequences(String override) {
        assertThatThrownBy(() -> plan(override.replace(';', ',')))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("E102 batch 200")
                .hasMessageContaining("is not a whole number of sequences of 8192 tokens")
                .hasMessageContaining("training.batch_tokens")
                .hasMessageContaining("nearest 1998848 or 2007040 tokens");
    }

    @Test
    void refusesHeadsThatDoNotDivide() {
        assertThatThrownBy(() -> plan("model=llama-4-scout", "layout={tp: 16, pp: 16, dp: 64}"))
                .hasMessageContaining("E105 heads 40 not divisible by tp 16");
    }

    @ParameterizedTest(name = "tokens {0}")
    @CsvSource({"22, under a minute", "1e17, over ten years"})
    void warnsOfAMagnitudeThatWasProbablyMeantOtherwise(String tokens, String length) {
        assertThat(plan("training.tokens=" + tokens).warnings())
                .singleElement()
                .extracting(Problem::toString)
                .asString()
                .contains("E402", length);
    }

    @Test
    void searchesWhenNoLayoutIsNamed() {
        Plan plan = plan("layout=search", "cluster.spares=0");

        assertThat(plan.layout().search()).isPresent();
        assertThat(plan.layout().chosen().orElseThrow().gpus()).isLessThanOrEqualTo(16_384);
    }

    /** Whether it found one before or not. */
    @Test
    void tellsThatASearchWasStoppedByTheClock() {
        AtomicLong clockNanos = new AtomicLong();
        Planner slow = new Planner(1, () -> clockNanos.addAndGet(100_000_000));
        List<Problem> told;
        try {
            told = slow.plan(input("layout=search", "search.timeout=0.01 s")).warnings();
        } catch (PlannerException refusal) {
            told = refusal.problems();
        }

        assertThat(told)
                .singleElement()
                .extracting(Problem::toString)
                .asString()
                .contains("E403 the search was stopped after 0.01 s", "--timeout");
    }

    @Test
    void aProfileThatNeverFailsCostsOnlyCheckpoints() {
        Plan plan =
                plan(
                        "reliability={profile: {per_thousand_node_days: 0}, checkpoint: {interval: 95 s, stall: 5 s}}");

        assertThat(plan.failures().goodput().share()).isCloseTo(0.95, within(1e-12));
    }

    @Test
    void aSearchKeepsTheLimitsOfTheEngineThatIsNamed() {
        String[] scout = {"model=llama-4-scout", "layout=search", "cluster.gpus=512"};
        PlanInput free = input(scout);
        Engine engine = Engine.TORCHTITAN_TOML;
        PlanInput bound = input(scout[0], scout[1], scout[2], "search.engine=" + engine.label());

        assertThat(limits(engine, free)).isNotEmpty();
        assertThat(limits(engine, bound)).isEmpty();
    }

    private static List<Problem> limits(Engine engine, PlanInput input) {
        Plan plan = new Planner(1).plan(input);
        LaunchFiles files = new LaunchFiles("train", "training", "image", 96, 3, List.of());
        return engine.limits(files.of(plan, engine));
    }

    private static Plan plan(String... overrides) {
        return new Planner(1).plan(input(overrides));
    }

    private static PlanInput input(String... overrides) {
        return READER.read("plan.yaml", LLAMA_3, List.of(overrides));
    }
}
