package dev.altiplano.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

final class PlanCommandTest {
    private static final String LAYOUT = "layout={tp: 8, pp: 16, dp: 128, v: 8}";

    @TempDir private Path folder;

    @ParameterizedTest
    @MethodSource("verbs")
    void everyVerbHasHelpWithAnExample(String verb) {
        PlanRun run = PlanRun.of(verb, "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("  altiplano plan " + verb);
    }

    private static Set<String> verbs() {
        return new CommandLine(new PlanCommand()).getSubcommands().keySet();
    }

    /** What an answer calls a layout can be written into a plan. */
    @Test
    void namesTheScheduleAsAPlanFileDoes() {
        PlanRun run = PlanRun.llama3("search", "--set", "cluster.spares=0", "--json");

        List<String> schedules = run.json().path("best").findValuesAsString("schedule");
        assertThat(schedules).isNotEmpty().isSubsetOf("1f1b", "interleaved", "zb-h1", "zb-h2");
    }

    @Test
    void countsTheStepsOfABatchSchedule() {
        JsonNode phases =
                PlanRun.llama3(
                                "step",
                                "--set",
                                "layout={tp: 8, pp: 16, dp: 128, v: 8}",
                                "--set",
                                "training.batch_schedule=[{from: 0, batch_tokens: 8388608, sequence:"
                                        + " 8192}, {from: 1.6T, batch_tokens: 16777216, sequence: 8192}]",
                                "--json")
                        .json()
                        .path("batch_schedule");

        assertThat(phases.get(0).path("steps").asDouble()).isCloseTo(190_735, within(1.0));
        assertThat(phases.get(1).path("tokens").asDouble()).isEqualTo(14e12);
    }

    @Test
    void placesNoJobWhereASpeedIsMeasured() {
        PlanRun run = PlanRun.llama3("fleet", "--set", "measured.tokens_per_gpu=150");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Nodes by state", "so no job is placed");
    }

    @Test
    void readsAnInventoryThatIsTypedFromTheWorkingFolder() throws Exception {
        Path plan =
                Files.copy(Path.of("../docs/examples/llama-16k.yaml"), folder.resolve("plan.yaml"));
        Path nodes = folder.resolve("nodes.csv");
        Files.writeString(nodes, "node,rack,pod\nn1,r1,p1\n");
        Path here = Path.of("").toAbsolutePath().relativize(nodes.toAbsolutePath());

        PlanRun typed =
                PlanRun.of(
                        "fleet", plan.toString(), "--set", "cluster.inventory=" + here, "--json");

        assertThat(typed.err()).isEmpty();
        assertThat(typed.json().path("nodes").asInt()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "catalog region | did you mean regions?",
                "catalog hardwear | did you mean hardware?",
                "emit ../docs/examples/llama-16k.yaml --engine slurmm | did you mean slurm?",
                "pnl --company Metta | did you mean Meta FY 2024?",
                "flops --set model=llama4 | did you mean llama-4-scout or llama-4-maverick?",
            })
    void namesTheNearestNameAndRefuses(String words, String hint) {
        PlanRun run = PlanRun.of(words.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(hint);
    }

    @Test
    void aClaimWithAMistypedAcceleratorIsToldTheNearest() {
        PlanRun run = PlanRun.of("check", "--claim", "100000 h1000 = 150 MW");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).contains("not understood: h1000 (did you mean h100");
    }

    @Test
    void showsTheGradeOfTheUsersOwnRates() {
        PlanRun run =
                PlanRun.llama3("goodput", "--set", "reliability.profile={mtbf: 5 y}", "--json");

        assertThat(run.json().path("stops_per_day").path("grade").asString()).isEqualTo("stated");
        assertThat(run.json().path("mtti").path("grade").asString()).isEqualTo("stated");
    }

    @Test
    void plansAQueueOfJobsOnTheNodesOfThePlan() {
        PlanRun run =
                PlanRun.of(
                        "fleet",
                        "../docs/examples/llama-512.yaml",
                        "--queue",
                        "../docs/examples/queue.yaml",
                        "--json");

        JsonNode queue = run.json().path("queue");
        assertThat(run.exitCode()).isZero();
        assertThat(queue.findValuesAsString("end"))
                .contains("preempted", "maintenance", "finished");
        assertThat(queue.get(0).path("job").asString()).isEqualTo("pretrain");
        assertThat(queue.get(0).path("nodes").asInt()).isEqualTo(48);
        assertThat(run.json().path("queue_refused")).isEmpty();
    }

    @Test
    void aQueuedJobThatTheSitesCapForbidsIsRefusedWithTheReason() {
        PlanRun run =
                PlanRun.of(
                        "fleet",
                        "../docs/examples/llama-512.yaml",
                        "--queue",
                        "../docs/examples/queue.yaml",
                        "--set",
                        "site.cap={value: 520 kW, of: facility}");

        assertThat(run.out()).contains("Jobs that never start", "the site has");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "emit ../docs/examples/llama-16k.yaml --engine slurm --cpus -4 | --cpus: expected 1 to",
                "emit ../docs/examples/llama-16k.yaml --engine slurm --restarts -4 | --restarts: expected",
                "flops ../docs/examples/llama-16k.yaml --out pom.xml | --out: expected a folder",
                "report ../docs/examples/llama-16k.yaml --out pom.xml | --out: expected a folder",
            })
    void refusesAnOptionThatCannotBeUsedBeforeTheWork(String words, String message) {
        PlanRun run = PlanRun.of(words.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void saysWhereThereIsNothingToExplain() {
        PlanRun run = PlanRun.of("catalog", "sources", "--explain");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("--explain has no formulas to show for catalog");
    }

    @Test
    void saysWhatToDoAboutAFileThatIsNotThere() {
        PlanRun run = PlanRun.of("flops", "none.yaml");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is no such file; give the path of a text file");
    }

    @Test
    void launchFilesAreInTheMarkdownToo() {
        PlanRun run =
                PlanRun.of("emit", "../docs/examples/llama-16k.yaml", "--engine", "slurm", "--md");

        assertThat(run.out()).contains("### run.sbatch", "#SBATCH --requeue");
    }

    @Test
    void asksForAVerb() {
        PlanRun run = PlanRun.of();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("expected a verb", "search");
    }

    @Test
    void countsTheFlopsOfLlama3() {
        JsonNode json = PlanRun.llama3("flops", "--json").json();

        assertThat(json.path("version").asInt()).isEqualTo(1);
        assertThat(json.path("flops").path("likely").asDouble()).isCloseTo(3.799e25, within(2e22));
        assertThat(json.path("flops").path("unit").asString()).isEqualTo("FLOP");
        assertThat(json.path("flops").path("grade").asString()).isEqualTo("derived");
        assertThat(json.path("defaults").findValuesAsString("key")).contains("site.pue", "layout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "step", "goodput"})
    void explainsWithNumbersPutIn(String verb) {
        PlanRun run = PlanRun.llama3(verb, "--set", LAYOUT, "--explain", "--json");

        assertThat(run.exitCode()).isZero();
        for (JsonNode term : run.json().path("terms")) {
            assertThat(term.path("formula").asString()).matches(".*[0-9].*");
        }
        assertThat(run.json().path("terms")).isNotEmpty();
    }

    @Test
    void findsALayoutAsGoodAsLlama3sOwn() {
        JsonNode found = PlanRun.llama3("search", "--json").json();
        JsonNode own = PlanRun.llama3("step", "--set", LAYOUT, "--json").json();

        double best = found.path("best").get(0).path("step_seconds").asDouble();
        assertThat(best).isLessThanOrEqualTo(own.path("step").path("likely").asDouble());
        assertThat(best).isGreaterThan(0.98 * own.path("step").path("likely").asDouble());
    }

    @Test
    void writesTheFilesOfASimulatedRun() {
        PlanRun run =
                PlanRun.llama3(
                        "simulate",
                        "--set",
                        LAYOUT,
                        "--set",
                        "samples=2",
                        "--days",
                        "5",
                        "--seed",
                        "7",
                        "--out",
                        folder.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(Stream.of(folder.toFile().list()))
                .contains("summary.json", "events.csv", "timeline.csv", "power.csv", "hash");
    }

    @Test
    void simulatesTheSameForAnyNumberOfThreads() {
        String[] more = {"--set", LAYOUT, "--set", "samples=3", "--days", "5", "--json"};

        String one = PlanRun.llama3("simulate", with(more, "--threads", "1")).out();
        String four = PlanRun.llama3("simulate", with(more, "--threads", "4")).out();

        assertThat(one).isEqualTo(four);
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void validatesWithoutAMiss() {
        PlanRun run = PlanRun.of("validate", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.json().path("misses").asInt()).isZero();
        JsonNode first = run.json().path("results").get(0);
        assertThat(first.propertyNames())
                .contains("value", "published", "error_percent", "tolerance", "verdict");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "100000 h100 = 150 MW facility | 0 | consistent-only-as",
                "100.000 H100 consumen 150 MW | 0 | consistent-only-as",
                "2000 MWh x 0.4 kg/kWh = 800 t | 0 | consistent",
                "2000 MWh x 0.4 kg/kWh = 900 t | 1 | inconsistent",
                "the weather is nice | 2 | not-checkable",
            })
    void judgesAClaim(String claim, int exitCode, String verdict) {
        PlanRun run = PlanRun.of("check", "--claim", claim, "--json");

        assertThat(run.exitCode()).isEqualTo(exitCode);
        JsonNode judged = run.json().path("claims").get(0);
        assertThat(judged.path("verdict").asString()).isEqualTo(verdict);
        assertThat(judged.path("readings").isArray()).isTrue();
        assertThat(judged.path("arithmetic").isArray()).isTrue();
    }

    @Test
    void catalogueGivesSourceAndGradeOfEveryRegion() {
        JsonNode regions = PlanRun.of("catalog", "regions", "--json").json().path("regions");

        assertThat(regions).hasSizeGreaterThan(20);
        for (JsonNode region : regions) {
            assertThat(region.path("grade").asString()).isNotEmpty();
            assertThat(region.path("source").asString()).isNotEmpty();
        }
    }

    @Test
    void schemaIsJson() {
        assertThat(PlanRun.of("schema").json().path("properties").propertyNames())
                .contains("model", "cluster", "site", "money");
    }

    @Test
    void tellsFileLineAndKeyOfEveryProblem() throws Exception {
        Path plan = folder.resolve("plan.yaml");
        Files.writeString(
                plan,
                """
                model: llama-3.1-405b
                training: {tokens: 15.6T}
                cluster: {accelerator: h100-sxm, gpus: 16384}
                site:
                  region: XX
                  pue: 0.9
                """);

        PlanRun run = PlanRun.of("goodput", plan.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("E301 region XX unknown", "plan.yaml line 5, site.region")
                .contains("E202 pue 0.9 below 1", "plan.yaml line 6, site.pue");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "layout={tp: 8, cp: 16, pp: 16, dp: 4} | 2 | E101 layout does not multiply: tp 8 x cp 16 x pp 16 x dp 4 = 8192, cluster.gpus = 16384",
                "layout={tp: 8, pp: 16, dp: 100} | 2 | E10",
                "layout={tp: 8, pp: 1, dp: 2048} | 3 | E103 does not fit",
                "layout={tp: 16, pp: 16, dp: 64} | 2 | E104 tp 16 is larger than the link domain 8 of hgx-h100",
                "layout={tp: 8, pp: 16, dp: 128, ep: 3} | 2 | E106",
                "site={cap: 150 MW} | 2 | E201 power 150 MW has no boundary (accelerator, node, it, facility)",
                "site={pue: 0.9} | 2 | E202 pue 0.9 below 1",
                "cluster.accelerator={bf16: 1979 TFLOP/s, memory: 80 GB, bandwidth: 3.35 TB/s, link: 900 GB/s, tdp: 700 W} | 2 | E203 bf16 1979 TFLOP/s",
                "site={region: XX} | 2 | E301 region XX unknown; did you mean TX?",
                "cluster.gpus=-4 | 2 | E401",
                "cluster.gpus=20M | 2 | E401",
                "training.tokens=NaN | 2 | E",
                "trainning.tokens=1 | 2 | E003 key 'trainning' unknown; did you mean training?",
                "nonsense | 2 | E005",
            })
    void refusesBadInput(String setting, int exitCode, String message) {
        PlanRun run = PlanRun.llama3("step", "--set", setting);

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }
}
