package dev.altiplano.cli;

import dev.altiplano.compute.AltiplanoException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The program {@code altiplano}: its verbs and how their failures become messages and exit codes.
 */
@Command(
        name = "altiplano",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "The open Llama stack for the JVM.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:looked, and found something wrong (doctor, plan)",
            "2:bad usage or bad input: the message says what to mend",
            "70:a defect of ours: please report it",
            "130:stopped by Ctrl-C",
        },
        footer = {
            "  altiplano serve                  chat page and OpenAI-compatible API on this machine",
            "  altiplano chat                   chat in the terminal",
            "  altiplano inspect model.gguf     what a model file holds",
            "  source <(altiplano generate-completion)    tab completion for this shell",
        })
public final class Altiplano {
    private static final Set<String> ASKS_FOR_VERSION = Set.of("-V", "--version");

    private Altiplano() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    private static int execute(String[] arguments) {
        try {
            return commandLine(verbsFor(arguments)).execute(arguments);
        } catch (AltiplanoException unusableSettings) {
            System.err.println("altiplano: " + unusableSettings.getMessage());
            return Failures.EXIT_BAD_INPUT;
        }
    }

    /** All verbs, ready to execute; tests give it their own writers. */
    static CommandLine commandLine() {
        return commandLine(Arrays.asList(Verb.values()));
    }

    /**
     * The verbs to get ready: only the one that the arguments begin with, as looking through the
     * annotations of all takes longer than many a verb's work.
     */
    static List<Verb> verbsFor(String[] arguments) {
        String word = arguments.length == 0 ? "" : arguments[0];
        if (ASKS_FOR_VERSION.contains(word)) {
            return List.of();
        }
        return Verb.of(word)
                .filter(verb -> !verb.knowsTheOthers())
                .map(List::of)
                .orElseGet(() -> Arrays.asList(Verb.values()));
    }

    private static CommandLine commandLine(List<Verb> verbs) {
        CommandLine commandLine = new CommandLine(new Altiplano());
        for (Verb verb : verbs) {
            commandLine.addSubcommand(verb.word(), new CommandLine(verb.command()));
        }
        return commandLine
                .setDefaultValueProvider(Settings.ofThisProcess())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Failures::showUsage)
                .setExecutionExceptionHandler(Failures::show)
                .setUsageHelpAutoWidth(true);
    }
}
