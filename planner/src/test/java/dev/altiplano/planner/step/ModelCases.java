package dev.altiplano.planner.step;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The rows of the planner's cases that need a whole model, as the models of this package. */
final class ModelCases {
    private static final Map<String, Object> CASES = read();

    private ModelCases() {}

    /**
     * One published row.
     *
     * @param reference what an independent computation of the same formulas gave
     */
    record Row(
            String name,
            String hardware,
            Map<String, Object> inputs,
            double expected,
            double reference) {
        double number(String key) {
            return ModelCases.number(inputs, key);
        }

        int integer(String key) {
            return (int) number(key);
        }

        int integer(String key, int otherwise) {
            return inputs.containsKey(key) ? integer(key) : otherwise;
        }

        boolean flag(String key, boolean otherwise) {
            return (boolean) inputs.getOrDefault(key, otherwise);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Row> rows(String caseId) {
        List<Row> rows = new ArrayList<>();
        for (Map<String, Object> found : maps(value(CASES, "model_cases"))) {
            if (value(found, "id").equals(caseId)) {
                for (Map<String, Object> row : maps(value(found, "rows"))) {
                    rows.add(
                            new Row(
                                    (String) value(row, "name"),
                                    (String) row.getOrDefault("hardware", ""),
                                    map(value(row, "inputs")),
                                    number(row, "expected"),
                                    number(row, "reference")));
                }
            }
        }
        return rows;
    }

    static List<Row> rows(String... caseIds) {
        List<Row> rows = new ArrayList<>();
        for (String id : caseIds) {
            rows.addAll(rows(id));
        }
        return rows;
    }

    /** Seconds of a row's step by our model. */
    static double stepSeconds(Row row, StepConstants constants) {
        return stepModel(row, constants).step(layout(row), row.integer("m")).seconds();
    }

    static StepModel stepModel(Row row, StepConstants constants) {
        Map<String, Object> hardware =
                map(value(map(value(CASES, "model_hardware")), row.hardware()));
        AcceleratorSpec accelerator =
                new AcceleratorSpec(
                        number(hardware, "peak_flops"),
                        number(hardware, "peak_flops"),
                        80 * MemoryEstimate.GIB,
                        number(hardware, "hbm_bytes_s"),
                        2 * number(hardware, "nvlink_bytes_s_per_direction"),
                        700,
                        1);
        FabricSpec fabric = FabricSpec.flat("node", 8, number(hardware, "nic_bytes_s"));
        TrainingSpec training =
                TrainingSpec.of(row.integer("seq"))
                        .with(ActivationForm.LEAN, row.flag("flash", true))
                        .with(new Overlap(row.number("x_tp"), 1, 1, row.number("x_dp")));
        return new StepModel(model(row), accelerator, fabric, training, constants, Stragglers.NONE);
    }

    static ModelShape model(Row row) {
        boolean isGated = row.flag("glu", true);
        return new ModelShape(
                row.integer("layers"),
                row.integer("d"),
                row.integer("f"),
                row.integer("heads"),
                row.integer("kv"),
                row.integer("dh", row.integer("d") / row.integer("heads")),
                row.integer("vocab"),
                !isGated,
                isGated ? 3 : 2,
                MoeShape.NONE,
                AttentionPattern.FULL,
                0);
    }

    static Layout layout(Row row) {
        Layout layout =
                Layout.dense(
                        row.integer("t"),
                        row.integer("c", 1),
                        row.integer("p"),
                        row.integer("D"),
                        row.integer("v", 1),
                        row.integer("micro"));
        return layout.with(
                        Recompute.valueOf(
                                ((String) value(row.inputs(), "recompute"))
                                        .toUpperCase(Locale.ROOT)))
                .with(row.flag("zero3", false) ? DataSharding.ZERO_3 : DataSharding.ZERO_1);
    }

    private static Object value(Map<String, Object> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    private static double number(Map<String, Object> map, String key) {
        return ((Number) value(map, key)).doubleValue();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Object value) {
        return (List<Map<String, Object>>) value;
    }

    private static Map<String, Object> read() {
        try (InputStream file = ModelCases.class.getResourceAsStream("model-cases.json")) {
            return map(new Load(LoadSettings.builder().build()).loadFromInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
