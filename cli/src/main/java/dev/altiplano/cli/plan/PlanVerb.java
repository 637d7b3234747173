package dev.altiplano.cli.plan;

import dev.altiplano.planner.problem.PlannerException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all verbs of the planner share: where the answer goes, and how a refusal is told. */
abstract class PlanVerb implements Callable<Integer> {
    @ArgGroup private @Nullable Format format;

    @Option(
            names = "--explain",
            description = "Also prints each term's formula with the numbers put in.")
    private boolean explain;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Also writes VERB.json and VERB.md, or what the verb makes, into this folder.")
    private @Nullable Path out;

    @Spec private CommandSpec spec;

    /** At most one of them. */
    static final class Format {
        @Option(names = "--json", description = "For programs: version, keys and units are fixed.")
        private boolean json;

        @Option(
                names = {"--md", "--markdown"},
                description = "As Markdown.")
        private boolean markdown;

        @SuppressWarnings("unused") // it is what the other two are not
        @Option(names = "--table", description = "As tables for a terminal (the default).")
        private boolean table;
    }

    /** Computes the answer; a refusal is a {@link PlannerException}. */
    abstract Answer answer() throws IOException;

    @Override
    public final Integer call() throws IOException {
        try {
            if (out != null && !isOutUsable(out)) {
                throw usage("--out: expected a folder, found the file " + out);
            }
            Answer answer = answer();
            print(answer);
            if (explain && answer.terms().isEmpty()) {
                tell("note: --explain has no formulas to show for " + spec.name());
            }
            if (out != null) {
                write(answer, out);
            }
            return answer.exitCode();
        } catch (PlannerException refusal) {
            return fail(PlanExit.of(refusal), refusal.getMessage());
        } catch (CancellationException late) {
            return fail(PlanExit.INFEASIBLE, "not done in the time that --timeout gives");
        } catch (ParameterException usage) {
            throw usage;
        } catch (RuntimeException defect) {
            int code = fail(PlanExit.DEFECT, "a defect of ours; please report it with these lines");
            defect.printStackTrace(spec.commandLine().getErr());
            spec.commandLine().getErr().flush();
            return code;
        }
    }

    /** Asked before the work is done. */
    boolean isOutUsable(Path folder) {
        return !Files.exists(folder) || Files.isDirectory(folder);
    }

    /** The folder of {@code --out}, or null. */
    final @Nullable Path outFolder() {
        return out;
    }

    final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private int fail(int code, String message) {
        tell(message);
        return code;
    }

    private void tell(String message) {
        PrintWriter err = spec.commandLine().getErr();
        message.lines().forEach(line -> err.println("altiplano plan: " + line));
        err.flush();
    }

    /** Whether tables for a person are asked for. */
    final boolean isForPeople() {
        return format == null || !(format.json || format.markdown);
    }

    final boolean isJson() {
        return format != null && format.json;
    }

    /** To standard output. */
    void print(Answer answer) {
        PrintWriter stdout = stdout();
        if (isJson()) {
            stdout.println(AnswerJson.of(spec.name(), answer, explain).toPrettyString());
        } else if (format != null && format.markdown) {
            stdout.print(AnswerMarkdown.of(answer, explain));
        } else {
            AnswerText.print(answer, explain, stdout, columnsMax());
        }
        stdout.flush();
    }

    /** Of the terminal; a pipe and a file take lines of any length. */
    @SuppressWarnings("SystemConsoleNull") // null where the JVM has no console module
    private int columnsMax() {
        Console console = System.console();
        return console != null && console.isTerminal()
                ? spec.usageMessage().width()
                : Integer.MAX_VALUE;
    }

    final PrintWriter stdout() {
        return spec.commandLine().getOut();
    }

    /** To the folder of {@code --out}. */
    void write(Answer answer, Path folder) throws IOException {
        Files.createDirectories(folder);
        place(
                folder.resolve(spec.name() + ".json"),
                AnswerJson.of(spec.name(), answer, true).toPrettyString() + "\n");
        place(folder.resolve(spec.name() + ".md"), AnswerMarkdown.of(answer, true));
    }

    /** Writes beside {@code file} and moves into place. */
    static void place(Path file, String text) throws IOException {
        // Not a temporary file: those are for their owner's eyes alone.
        Path beside = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
