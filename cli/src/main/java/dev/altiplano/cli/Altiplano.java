package dev.altiplano.cli;

import dev.altiplano.compute.AltiplanoException;
import java.util.Arrays;
import java.util.EnumSet;
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

    /** Does what {@code arguments} say; the exit code. */
    static int execute(String... arguments) {
        if (asksForVersionOnly(arguments)) {
            Arrays.stream(Version.lines()).forEach(System.out::println);
            return 0;
        }
        try {
            return commandLine(arguments).execute(arguments);
        } catch (AltiplanoException unusableSettings) {
            System.err.println("altiplano: " + unusableSettings.getMessage());
            return Failures.EXIT_BAD_INPUT;
        }
    }

    /** Answered without picocli, as scripts ask for it often. */
    static boolean asksForVersionOnly(String[] arguments) {
        return arguments.length == 1 && ASKS_FOR_VERSION.contains(arguments[0]);
    }

    /** All verbs, ready to execute; tests give it their own writers. */
    static CommandLine commandLine() {
        return commandLine(EnumSet.allOf(Verb.class), Set.of());
    }

    /** Only the verbs that these arguments need. */
    static CommandLine commandLine(String[] arguments) {
        return commandLine(whole(arguments), outlined(arguments));
    }

    /**
     * The verbs to get ready: the one that the arguments begin with, or those that {@code help} is
     * asked for. Looking through the annotations of all takes longer than many a verb's work.
     */
    static Set<Verb> whole(String[] arguments) {
        String word = arguments.length == 0 ? "" : arguments[0];
        return switch (Verb.of(word).orElse(Verb.HELP)) {
            case HELP -> {
                Set<Verb> asked = EnumSet.of(Verb.HELP);
                Arrays.stream(arguments).flatMap(a -> Verb.of(a).stream()).forEach(asked::add);
                yield asked;
            }
            case GENERATE_COMPLETION -> EnumSet.allOf(Verb.class);
            case Verb one -> EnumSet.of(one);
        };
    }

    /** The other verbs, where they may be listed or suggested. */
    static Set<Verb> outlined(String[] arguments) {
        Set<Verb> whole = whole(arguments);
        return whole.contains(Verb.HELP) ? EnumSet.complementOf(EnumSet.copyOf(whole)) : Set.of();
    }

    private static CommandLine commandLine(Set<Verb> whole, Set<Verb> outlined) {
        CommandLine commandLine = new CommandLine(new Altiplano());
        for (Verb verb : Verb.values()) {
            if (whole.contains(verb)) {
                commandLine.addSubcommand(verb.word(), new CommandLine(verb.command()));
            } else if (outlined.contains(verb)) {
                commandLine.addSubcommand(verb.word(), verb.outline());
            }
        }
        return commandLine
                .setDefaultValueProvider(Settings.ofThisProcess())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Failures::showUsage)
                .setExecutionExceptionHandler(Failures::show)
                .setUsageHelpAutoWidth(true);
    }
}
