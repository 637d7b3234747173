package dev.altiplano.planner.validation;

import dev.altiplano.planner.file.DocumentReader;
import dev.altiplano.planner.file.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads cases in the form of {@code planner-cases.json}. */
final class CaseFile {
    private static final String BUILT_IN = "planner-cases.json";

    /** A published value and the formula that gives ours. */
    record Check(
            String caseId,
            String id,
            String formula,
            Inputs inputs,
            OptionalDouble expected,
            String unit,
            Tolerance tolerance,
            Optional<String> mustFlag,
            String note) {}

    /** Rows of one model with a bar for their mean and their worst error. */
    record ModelCase(
            String id, String unit, OptionalDouble mean, OptionalDouble worst, List<Row> rows) {}

    /** One published row of a model. */
    record Row(String name, String hardware, Inputs inputs, Inputs all) {}

    private final Value.Mapping root;

    CaseFile(Value root) {
        this.root = (Value.Mapping) root;
    }

    static CaseFile builtIn() {
        try (InputStream in = CaseFile.class.getResourceAsStream(BUILT_IN)) {
            byte[] bytes = Objects.requireNonNull(in).readAllBytes();
            return new CaseFile(DocumentReader.read(BUILT_IN, bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Check> checks() {
        return list(root, "cases").stream()
                .flatMap(
                        found ->
                                list(found, "checks").stream()
                                        .map(check -> check(text(found, "id"), check)))
                .toList();
    }

    List<ModelCase> modelCases() {
        return list(root, "model_cases").stream().map(this::modelCase).toList();
    }

    /** The figures of a machine that the model cases name. */
    Inputs hardware(String name) {
        return new Inputs(block(block(root, "model_hardware"), name));
    }

    private static Check check(String caseId, Value.Mapping check) {
        Inputs values = new Inputs(check);
        Inputs tolerance = new Inputs(block(check, "tolerance"));
        return new Check(
                caseId,
                text(check, "id"),
                text(check, "formula"),
                new Inputs(block(check, "inputs")),
                values.optional("expected"),
                values.text("unit", ""),
                new Tolerance(
                        tolerance.optional("relative"),
                        tolerance.optional("absolute"),
                        tolerance.optional("min"),
                        tolerance.optional("max")),
                values.has("must_flag")
                        ? Optional.of(values.text("must_flag", ""))
                        : Optional.empty(),
                values.text("note", ""));
    }

    private ModelCase modelCase(Value.Mapping found) {
        Inputs tolerance = new Inputs(block(found, "tolerance"));
        OptionalDouble each = tolerance.optional("absolute");
        return new ModelCase(
                text(found, "id"),
                text(found, "unit"),
                tolerance.optional("mean"),
                each.isPresent() ? each : tolerance.optional("worst"),
                list(found, "rows").stream().map(CaseFile::row).toList());
    }

    private static Row row(Value.Mapping row) {
        Inputs all = new Inputs(row);
        return new Row(
                all.text("name", ""),
                all.text("hardware", ""),
                new Inputs(block(row, "inputs")),
                all);
    }

    private static Value.Mapping block(Value.Mapping parent, String name) {
        return (Value.Mapping) Objects.requireNonNull(parent.entries().get(name), name);
    }

    private static List<Value.Mapping> list(Value.Mapping parent, String name) {
        Value list = Objects.requireNonNull(parent.entries().get(name), name);
        return ((Value.Sequence) list).items().stream().map(Value.Mapping.class::cast).toList();
    }

    private static String text(Value.Mapping parent, String name) {
        return new Inputs(parent).text(name, "");
    }
}
