package dev.altiplano.planner.money;

import dev.altiplano.planner.file.DocumentReader;
import dev.altiplano.planner.file.Value;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.schema.Checker;
import dev.altiplano.planner.schema.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The reported figures of a catalogue, by company and period.
 *
 * @param all in the order of the file
 */
public record Statements(List<Report<?>> all) {
    private static final String FILE = "/dev/altiplano/planner/catalog/financials.yaml";

    public Statements {
        all = List.copyOf(all);
    }

    /** Those that are part of the program. */
    public static Statements builtIn() {
        try (InputStream in = Statements.class.getResourceAsStream(FILE)) {
            byte[] bytes = Objects.requireNonNull(in, FILE).readAllBytes();
            return read(DocumentReader.read("financials.yaml", bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Throws {@link PlannerException} with every problem of the file. */
    static Statements read(Value file) {
        List<Problem> problems = Checker.check(file, ReportReader.TABLE);
        if (!problems.isEmpty()) {
            throw new PlannerException(problems);
        }
        List<Report<?>> reports = new ArrayList<>();
        for (Map.Entry<String, Value> entry : ((Value.Mapping) file).entries().entrySet()) {
            reports.add(ReportReader.read((Value.Mapping) entry.getValue()));
        }
        return new Statements(reports);
    }

    /** What {@code company} reported for {@code period}; throws E304 if it is not here. */
    @SuppressWarnings("unchecked") // the report of a period has the type of that period
    public <P extends Period<P>> Report<P> of(String company, P period) {
        return all.stream()
                .filter(report -> report.statement().company().equalsIgnoreCase(company))
                .filter(report -> report.statement().period().equals(period))
                .map(report -> (Report<P>) report)
                .findFirst()
                .orElseThrow(() -> absent(company, period));
    }

    /** Growth of {@code period} over the same part of the year before. */
    public <P extends Period<P>> List<Growth<P>> growth(String company, P period) {
        IncomeStatement<P> before = of(company, period.yearBefore()).statement();
        return of(company, period).statement().growthOver(before);
    }

    private PlannerException absent(String company, Period<?> period) {
        String wanted = company + " " + period;
        List<String> known =
                all.stream().map(report -> report.statement().name()).distinct().toList();
        return new PlannerException(
                Problem.of(
                                ErrorCode.E304,
                                "no statement of %s%s"
                                        .formatted(wanted, Nearest.hint(wanted, known)))
                        .allowing(String.join(", ", known)));
    }
}
