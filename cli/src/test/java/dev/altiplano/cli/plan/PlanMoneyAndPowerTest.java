package dev.altiplano.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The verbs on power, places, money and files. */
final class PlanMoneyAndPowerTest {
    private static final String LAYOUT = "layout={tp: 8, pp: 16, dp: 128, v: 8}";
    private static final String[] ON_100K = {
        "--set", "cluster.gpus=100000",
        "--set", "cluster.spares=210",
        "--set", "training.batch_tokens=100663296",
        "--set", "layout={tp: 8, pp: 16, dp: 768, v: 8}",
        "--set", "site.region=OH",
    };

    @TempDir private Path folder;

    private static PlanRun on100k(String verb, String... more) {
        return PlanRun.llama3(
                verb, Stream.concat(Stream.of(ON_100K), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void powerNamesEveryReadingAtEveryBoundary() {
        JsonNode rated = on100k("power", "--json").json().path("readings").get(3);

        assertThat(rated.path("reading").asString()).isEqualTo("node rated");
        assertThat(rated.path("it_mw").asDouble()).isCloseTo(140.25, within(0.01));
        assertThat(rated.path("facility_mw").asDouble()).isCloseTo(151.47, within(0.01));
    }

    @Test
    void siteFitsTheFleetOfTheSpecificationUnder150Megawatts() {
        JsonNode json =
                on100k("site", "--set", "site.cap={value: 150 MW, of: facility}", "--json").json();

        assertThat(json.path("fits").asBoolean()).isFalse();
        assertThat(json.path("fleets").findValuesAsString("gpus")).contains("99029", "120250");
        assertThat(json.path("offers").findValuesAsString("way"))
                .containsExactly("fewer GPUs", "lower cap per GPU", "staged start");
    }

    @Test
    void everyPolicyKeepsTheCapOfAWindow() {
        String window = "{from: \"2026-01-02T16:00\", hours: 3, to: 100 MW}";
        JsonNode rows =
                on100k(
                                "site",
                                "--set",
                                "site.cap={value: 150 MW, of: facility}",
                                "--set",
                                "site.curtailment=[" + window + "]",
                                "--json")
                        .json()
                        .path("curtailment");

        assertThat(rows.findValuesAsString("policy"))
                .containsExactly("cap-gpus", "pause", "shrink");
        for (JsonNode row : rows) {
            assertThat(row.path("keeps_cap").asBoolean()).isTrue();
        }
        assertThat(rows.get(2).path("tokens_lost").asDouble())
                .isLessThan(rows.get(1).path("tokens_lost").asDouble());
    }

    @Test
    void aYearOf150MegawattsCostsWhatTheSpecificationSays() {
        JsonNode json = PlanRun.of("region", "--load", "150 MW it", "--json").json();

        assertThat(json.path("energy").path("likely").asDouble()).isCloseTo(1_419, within(1.0));
        JsonNode first = json.path("regions").get(0);
        assertThat(first.path("name").asString()).isEqualTo("LA");
        assertThat(first.path("cost_musd").asDouble()).isCloseTo(83, within(0.5));
        assertThat(first.path("carbon_kt").asDouble()).isCloseTo(515, within(1.5));
    }

    @Test
    void costAddsUp() {
        JsonNode json = on100k("cost", "--json").json();

        double sum = 0;
        for (JsonNode part : json.path("parts")) {
            sum += part.path("usd").asDouble();
        }
        assertThat(sum).isCloseTo(json.path("gpu_hour").path("likely").asDouble(), within(1e-9));
        assertThat(json.path("run").path("low").asDouble())
                .isLessThan(json.path("run").path("high").asDouble());
    }

    @Test
    void serveReproducesThePublishedDay() {
        JsonNode json = PlanRun.of("serve", "--json").json();

        assertThat(json.path("nodes").path("likely").asDouble()).isCloseTo(226.86, within(0.005));
        assertThat(json.path("margin").path("likely").asDouble()).isCloseTo(5.45, within(0.01));
        assertThat(json.path("million_output_bearing_all").path("likely").asDouble())
                .isCloseTo(0.52, within(0.005));
        assertThat(json.path("defaults")).isNotEmpty();
    }

    @Test
    void servedTokensCostWhatThePlansGpuHoursCost() {
        JsonNode own = on100k("serve", "--json").json();
        JsonNode plan = on100k("cost", "--json").json();

        assertThat(own.path("gpu_hour").path("likely").asDouble())
                .isCloseTo(plan.path("gpu_hour").path("likely").asDouble(), within(1e-9));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"power", "cost", "region"})
    void showsWhatAnHourlySeriesOfTheGridComesTo(String verb) {
        PlanRun run =
                PlanRun.of(
                        verb,
                        "../docs/examples/llama-100k.yaml",
                        "--set",
                        "site.series=../docs/examples/ohio-hours.csv",
                        "--explain",
                        "--json");
        JsonNode json = run.json();

        assertThat(run.err()).isEmpty();
        assertThat(json.path("series").asString()).isEqualTo("../docs/examples/ohio-hours.csv");
        assertThat(json.path("grid_carbon").path("likely").asDouble()).isBetween(0.40, 0.454);
        assertThat(run.out()).contains("carbon of the grid over the run", "price of energy over");
        if (verb.equals("region")) {
            assertThat(json.path("regions").findValuesAsString("name")).contains("OH, hourly");
        }
    }

    @Test
    void pnlTellsNoMarginWhereNoAdvertsArePlanned() {
        PlanRun without = PlanRun.of("pnl", "--query-cost", "0.002", "--json");
        PlanRun with =
                PlanRun.of("pnl", "--impressions", "1", "--fill", "1", "--cpm", "5", "--json");

        assertThat(without.json().has("query_margin")).isFalse();
        assertThat(without.json().path("query_cost").path("likely").asDouble()).isEqualTo(0.002);
        assertThat(without.out()).contains("No advertising revenue is planned");
        assertThat(with.json().path("query_margin").path("likely").asDouble()).isEqualTo(0.005);
        assertThat(with.out()).doesNotContain("No advertising revenue");
    }

    @Test
    void pnlComputesGrowthFromBothValues() {
        JsonNode growth = PlanRun.of("pnl", "--json").json().path("growth");

        List<String> rows = growth.valueStream().map(JsonNode::toString).toList();
        assertThat(rows)
                .anyMatch(row -> row.contains("9M 2024") && row.contains("0.0881"))
                .anyMatch(row -> row.contains("FY 2024") && row.contains("0.3960"));
    }

    @Test
    void adversCarryTheClusterFromSoManyAnswers() {
        JsonNode json =
                PlanRun.of(
                                "pnl",
                                "--cluster",
                                "1124M",
                                "--subsidised",
                                "0.5",
                                "--queries",
                                "100B",
                                "--impressions",
                                "0.4",
                                "--fill",
                                "60%",
                                "--cpm",
                                "20",
                                "--query-cost",
                                "0.0013",
                                "--json")
                        .json();

        assertThat(json.path("break_even_queries").path("likely").asDouble() * 0.0035)
                .isCloseTo(562e6, within(1.0));
    }

    @Test
    void fleetNamesASuspectAndWhatFits() throws Exception {
        Path inventory = folder.resolve("nodes.csv");
        StringBuilder csv = new StringBuilder("node,rack,pod,state,age_days,faults\n");
        for (int i = 0; i < 2_048; i++) {
            String state = i >= 2_040 ? "spare" : "active";
            int faults = i == 17 ? 20 : 1;
            csv.append("n%d,r%d,p%d,%s,300,%d\n".formatted(i, i / 2, i / 384, state, faults));
        }
        Files.writeString(inventory, csv);

        JsonNode json =
                PlanRun.llama3(
                                "fleet",
                                "--set",
                                LAYOUT,
                                "--inventory",
                                inventory.toString(),
                                "--json")
                        .json();

        assertThat(json.path("suspect_nodes").get(0).path("node").asString()).isEqualTo("n17");
        assertThat(json.path("suspect_nodes").get(0).path("drain").asBoolean()).isTrue();
        assertThat(json.path("fits").asBoolean()).isFalse();
        assertThat(json.path("largest_dp").asInt()).isBetween(100, 127);
    }

    @Test
    void fleetTellsTheLineOfABadRow() throws Exception {
        Path inventory = folder.resolve("nodes.csv");
        Files.writeString(inventory, "node,rack,pod\nn1,r1,p1\nn1,r1,p1\n");

        PlanRun run = PlanRun.llama3("fleet", "--set", LAYOUT, "--inventory", inventory.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("nodes.csv line 3", "n1").doesNotContain("\tat ");
    }

    @Test
    void emitWritesEachFileOfTheEnginesAskedFor() {
        PlanRun run =
                PlanRun.llama3(
                        "emit",
                        "--set",
                        LAYOUT,
                        "--for",
                        "torchtitan-toml,torchtitan-py,slurm,jobset,kueue",
                        "--out",
                        folder.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(
                        "train.toml", "train_config.py", "run.sbatch", "jobset.yaml");
    }

    @Test
    void emitLooksForALayoutThatTheEngineCanRun() {
        PlanRun run =
                PlanRun.llama3(
                        "emit",
                        "--set",
                        "model=llama-4-scout",
                        "--set",
                        "cluster.gpus=512",
                        "--engine",
                        "slurm,torchtitan-toml");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("flavor = \"17bx16e_irope\"", "#SBATCH");
    }

    @Test
    void emitPrintsAScriptThatStartsWithItsShebang() {
        PlanRun run = PlanRun.llama3("emit", "--set", LAYOUT, "--engine", "slurm");

        assertThat(run.out()).startsWith("#!/bin/bash\n# plan: ").contains("--nodes=2048");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void reportStandsAlone(String language) throws Exception {
        Path page = folder.resolve("plan.html");

        PlanRun run = on100k("report", "--out", page.toString(), "--lang", language);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.readString(page))
                .contains("<html lang=\"" + language + "\"")
                .doesNotContain("href=\"/", "src=\"");
        assertThat(folder.resolve("plan.md")).exists();
    }

    @Test
    void summaryOfASimulationHasItsCostAndCarbon() throws Exception {
        PlanRun run =
                on100k("simulate", "--set", "samples=2", "--days", "3", "--out", folder.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        String summary = Files.readString(folder.resolve("summary.json"));
        assertThat(summary).contains("\"cost\"", "\"electricity\"", "\"carbon\"", "\"demand\"");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "step | layout={tp: 8, pp: 16, dp: 100} | 2 | E102 batch 16777216 tokens = 2048 sequences is not a multiple of dp 100 x micro 1; nearest",
                "step | model={layers: 40, hidden: 5120, ffn: 13824, heads: 40, kv_heads: 8, head_dim: 128, vocab: 128256} | 2 | E105 heads 40 not divisible by tp 16",
                "power | site={curtailment: [{from: '2026-07-01T16:00', until: '2026-07-01T15:00', to: {value: 90 MW, of: facility}}]} | 2 | E302 curtailment window ends before it begins",
                "power | site={cap: {value: 5 MW, of: facility}} | 3 | E303 no layout keeps 5 MW",
                "cost | site={cap: {value: 5 MW, of: facility}} | 3 | E303 no layout keeps 5 MW",
                "site | seed=1 | 2 | E004",
                "cost | money={tarif: 1} | 2 | E003 key 'tarif' unknown; did you mean tariff?",
                "cost | money.life=-1 y | 2 | E401",
                "region | site.region=TXX | 2 | E301 region TXX unknown",
            })
    void refusesWhatCannotBe(String verb, String setting, int exitCode, String message) {
        String layout = message.contains("E105") ? "layout={tp: 16, pp: 4, dp: 128}" : LAYOUT;
        List<String> more = List.of("--set", layout, "--set", setting);

        PlanRun run = PlanRun.llama3(verb, more.toArray(String[]::new));

        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(exitCode);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void refusesToEmitAModelThatTheEngineDropped() {
        PlanRun run =
                PlanRun.llama3(
                        "emit",
                        "--set",
                        "model=llama-4-scout",
                        "--set",
                        "layout={tp: 8, pp: 16, dp: 128, ep: 16}",
                        "--engine",
                        "torchtitan-py");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "E501 engine torchtitan-py has no model llama4", "torchtitan-toml v0.2.2");
    }

    @Test
    void refusesAnUnknownEngine() {
        PlanRun run = PlanRun.llama3("emit", "--set", LAYOUT, "--engine", "pbs");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("engine 'pbs' unknown", "slurm");
    }

    @ParameterizedTest
    @CsvSource({"22, under a minute", "1e17, over ten years"})
    void warnsOfAMagnitudeThatWasProbablyMeantOtherwise(String tokens, String length) {
        PlanRun run =
                PlanRun.llama3("goodput", "--set", LAYOUT, "--set", "training.tokens=" + tokens);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("warning: E402 tokens", length);
    }

    @Test
    void saysWhichLayoutDoesNotFitWithExitCodeThree() {
        PlanRun run = PlanRun.llama3("cost", "--set", "layout={tp: 8, pp: 1, dp: 2048}");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("E103 does not fit");
    }

    @Test
    void aSiteTooSmallForTheIdleFleetStillSaysHowManyFit() {
        PlanRun run = on100k("site", "--set", "site.cap={value: 60 MW, of: facility}", "--json");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.json().path("offers").get(0).path("gpus").asLong()).isEqualTo(39_608);
        assertThat(run.json().path("notes").toString()).contains("E303", "idle nodes alone draw");
    }

    @Test
    void calibratesToMeasuredSteps() throws Exception {
        Path steps = folder.resolve("steps.csv");
        Files.writeString(
                steps,
                """
                tp,pp,dp,v,micro,micro_batches,seconds
                8,16,128,8,1,16,7.4
                8,16,64,8,1,32,13.6
                8,8,128,8,1,16,13.9
                """);

        JsonNode json =
                PlanRun.llama3(
                                "calibrate",
                                "--set",
                                LAYOUT,
                                "--measurements",
                                steps.toString(),
                                "--json")
                        .json();

        assertThat(json.path("steps").asInt()).isEqualTo(3);
        assertThat(json.path("error_after").path("likely").asDouble())
                .isLessThanOrEqualTo(json.path("error_before").path("likely").asDouble());
        assertThat(json.path("constants")).hasSize(9);
    }

    @Test
    void calibrateNamesTheColumnThatIsMissing() throws Exception {
        Path steps = folder.resolve("steps.csv");
        Files.writeString(steps, "tp,pp\n8,16\n");

        PlanRun run =
                PlanRun.llama3("calibrate", "--set", LAYOUT, "--measurements", steps.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("steps.csv").doesNotContain("\tat ");
    }

    @Test
    void checksAFileOfClaims() throws Exception {
        Path claims = folder.resolve("claims.yaml");
        Files.writeString(
                claims,
                """
                claims:
                  - {id: power, claim: 100000 h100 = 150 MW facility}
                  - {id: energy, claim: 2000 MWh x 0.4 kg/kWh = 800 t}
                """);

        PlanRun run = PlanRun.of("check", claims.toString(), "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().path("claims").findValuesAsString("id"))
                .containsExactly("power", "energy");
        assertThat(run.json().path("claims").findValuesAsString("verdict"))
                .containsExactly("consistent-only-as", "consistent");
    }

    @Test
    void aMissingFileIsBadInput() {
        PlanRun run = PlanRun.of("cost", folder.resolve("none.yaml").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("E001", "none.yaml").doesNotContain("\tat ");
    }
}
