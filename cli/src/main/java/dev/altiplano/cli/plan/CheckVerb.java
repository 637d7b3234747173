package dev.altiplano.cli.plan;

import dev.altiplano.planner.claims.ClaimChecker;
import dev.altiplano.planner.claims.ClaimResult;
import dev.altiplano.planner.claims.ClaimsFile;
import dev.altiplano.planner.claims.Reading;
import dev.altiplano.planner.claims.Said;
import dev.altiplano.planner.claims.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plan check}: can it be true? */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Judges claims in plain English or Spanish, or a file of them.",
            "Shows every reading, its error and the arithmetic. Exit code 1 if one is inconsistent,"
                    + " 2 if one cannot be read."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan check --claim \"100000 h100 = 150 MW facility\"",
            "  altiplano plan check --claim \"100.000 H100 consumen 150 MW\" --json",
            "  altiplano plan check --claim \"2000 MWh x 0.4 kg/kWh = 800 t\"",
            "  altiplano plan check claims.yaml",
        })
final class CheckVerb extends PlanVerb {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Claims, YAML or JSON.")
    private @Nullable Path file;

    @Option(
            names = "--claim",
            paramLabel = "TEXT",
            description = "A claim in one sentence. May be repeated.")
    private List<String> sentences = List.of();

    @Override
    Answer answer() {
        if (file == null && sentences.isEmpty()) {
            throw usage("expected --claim TEXT or a file of claims, found neither");
        }
        ClaimChecker checker = ClaimChecker.standard();
        List<ClaimResult> results = new ArrayList<>();
        sentences.forEach(sentence -> results.add(checker.check(sentence)));
        if (file != null) {
            results.addAll(ClaimsFile.check(file, checker));
        }
        Answer answer = new Answer("Claims").exitCode(exitCode(results));
        claims(answer, results);
        results.forEach(result -> details(answer, result));
        return answer;
    }

    private static int exitCode(List<ClaimResult> results) {
        if (results.stream().anyMatch(r -> r.notUnderstood().isPresent())) {
            return PlanExit.BAD_INPUT;
        }
        return results.stream().anyMatch(r -> r.verdict() == Verdict.INCONSISTENT)
                ? PlanExit.CHECK_FAILED
                : PlanExit.FINE;
    }

    private static void claims(Answer answer, List<ClaimResult> results) {
        Grid grid =
                answer.grid("claims", "")
                        .hidden("id")
                        .text("claim", "claim")
                        .text("verdict", "verdict")
                        .text("reading", "reading")
                        .hidden("readings")
                        .hidden("arithmetic")
                        .hidden("constants")
                        .hidden("notes")
                        .hidden("not_understood");
        for (ClaimResult result : results) {
            grid.row(
                    result.claim().id(),
                    result.claim().text(),
                    result.verdict().toString(),
                    result.reading().map(Said::toString).orElse(""),
                    readings(result),
                    plain(result.arithmetic()),
                    plain(result.constants()),
                    plain(result.notes()),
                    result.notUnderstood().map(Said::toString).orElse(""));
        }
    }

    private static List<String> plain(List<Said> lines) {
        return lines.stream().map(Said::toString).toList();
    }

    private static Grid readings(ClaimResult result) {
        Grid grid =
                new Grid("readings", "")
                        .text("name", "reading")
                        .number("value", "value")
                        .text("unit", "unit")
                        .number("error", "error")
                        .text("fits", "fits")
                        .text("expected", "as claimed");
        for (Reading reading : result.readings()) {
            grid.row(
                    reading.name().toString(),
                    reading.value(),
                    reading.unit(),
                    reading.error(),
                    reading.fits(),
                    reading.expected());
        }
        return grid;
    }

    /** For people the readings of each claim stand below the table of verdicts. */
    private static void details(Answer answer, ClaimResult result) {
        answer.note(result.claim().text() + ": " + result.verdict());
        result.arithmetic().forEach(line -> answer.note("  " + line));
        result.constants().forEach(line -> answer.note("  constant: " + line));
        result.notes().forEach(line -> answer.note("  note: " + line));
    }
}
