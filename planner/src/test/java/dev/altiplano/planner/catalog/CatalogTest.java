package dev.altiplano.planner.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.file.DocumentReader;
import dev.altiplano.planner.file.Value;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.reliability.FailureProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogTest {
    private static final Catalog CATALOG = Catalog.builtIn();

    @ParameterizedTest(name = "every field of {0} has a grade and a known source")
    @ValueSource(
            strings = {
                "hardware.yaml",
                "models.yaml",
                "regions.yaml",
                "reliability.yaml",
                "constants.yaml",
                "prices.yaml"
            })
    void everyFieldHasGradeAndSource(String file) {
        List<String> without = new ArrayList<>();
        walk(CatalogLoader.read(file), false, false, without);

        assertThat(without).isEmpty();
    }

    /** Collects the places of fields that have no grade or known source, own or inherited. */
    private static void walk(Value value, boolean grade, boolean source, List<String> without) {
        switch (value) {
            case Value.Mapping mapping -> {
                Map<String, Value> entries = mapping.entries();
                boolean graded = grade || isGrade(entries.get("grade"));
                boolean sourced = source || isSource(entries.get("source"));
                entries.forEach(
                        (key, child) -> {
                            if (!Set.of("grade", "source", "title", "date").contains(key)) {
                                walk(child, graded, sourced, without);
                            } else if (key.equals("source") && !isSource(child)) {
                                without.add(child.place().toString());
                            }
                        });
            }
            case Value.Sequence sequence ->
                    sequence.items().forEach(item -> walk(item, grade, source, without));
            case Value.Scalar scalar -> {
                if (!grade || !source) {
                    without.add(scalar.place().toString());
                }
            }
            case Value.Nothing nothing -> without.add(nothing.place().toString());
        }
    }

    private static boolean isGrade(@Nullable Value value) {
        return value instanceof Value.Scalar scalar
                && List.of(Grade.values()).stream()
                        .anyMatch(g -> g.toString().equals(scalar.text()));
    }

    private static boolean isSource(@Nullable Value value) {
        return value instanceof Value.Scalar scalar && CATALOG.sources().containsKey(scalar.text());
    }

    @ParameterizedTest(name = "{0} has {1} billion parameters")
    @CsvSource({
        "llama-3.1-8b, 8.030",
        "llama-3.1-70b, 70.554",
        "llama-3.1-405b, 405.853",
        "llama-4-scout, 108.64",
        "llama-4-maverick, 401.58",
    })
    void modelsHaveTheirPublishedSize(String name, double billions) {
        double parameters = known(CATALOG.models(), name).shape().parameters();

        assertThat(parameters / 1e9).isCloseTo(billions, within(billions * 1e-4));
    }

    @Test
    void theLlama3ProfileCountsAllItsStops() {
        FailureProfile profile = known(CATALOG.profiles(), "llama3-2024");

        assertThat(profile.unexpectedStops()).isEqualTo(419);
        assertThat(profile.mttiHours(16_384)).isCloseTo(3.093, within(1e-3));
    }

    @Test
    void aRatedH100NodeIsTheSumOfItsParts() {
        NodeType node = CATALOG.nodeFor("h100-sxm").orElseThrow();
        Accelerator accelerator = known(CATALOG.accelerators(), "h100-sxm");

        double watts = node.gpus() * (accelerator.tdp().base() + node.hostWatts().base());
        assertThat(watts).isEqualTo(10_200);
    }

    @ParameterizedTest(name = "bf16 {0} TFLOP/s is refused as the sparse figure of {1}")
    @CsvSource({"1979, h100-sxm", "1970, h100-sxm", "4500, b200-sxm", "624, a100-sxm"})
    void refusesSparseFigures(String teraflops, String name) {
        String entry =
                """
                x:
                  title: a web table
                  grade: stated
                  source: PRESS
                  bf16: %s TFLOP/s
                  memory: 80 GB
                  bandwidth: 3 TB/s
                  tdp: 700 W
                """
                        .formatted(teraflops);
        Map<String, Accelerator> read =
                new CatalogLoader()
                        .entries(
                                (Value.Mapping) DocumentReader.read("web.yaml", entry),
                                Accelerator.SHAPE,
                                e -> Accelerator.of(e.name(), e.title(), e.section()));
        Map<String, Accelerator> all = new LinkedHashMap<>(CATALOG.accelerators());
        all.putAll(read);

        assertThatThrownBy(() -> CatalogLoader.refuseSparse(all))
                .isInstanceOf(PlannerException.class)
                .hasMessageStartingWith("E203")
                .hasMessageContaining("for " + name + " is the sparse figure; dense is");
    }

    private static <T> T known(Map<String, T> kind, String name) {
        return Objects.requireNonNull(kind.get(name), name);
    }
}
