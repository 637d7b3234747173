package dev.altiplano.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * The program {@code altiplano}: its verbs and how their failures become messages and exit codes.
 */
@Command(
        name = "altiplano",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "The open Llama stack for the JVM.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            HelpCommand.class,
            ServeCommand.class,
            ChatCommand.class,
            PullCommand.class,
            ModelsCommand.class,
            TokenizeCommand.class,
            InspectCommand.class,
            ConvertCommand.class,
            QuantizeCommand.class,
            LogitsCommand.class,
            BenchCommand.class,
            EvalCommand.class,
            DoctorCommand.class,
            AutoComplete.GenerateCompletion.class,
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano serve                  chat page and OpenAI-compatible API on this machine",
            "  altiplano chat                   chat in the terminal",
            "  altiplano inspect model.gguf     what a model file holds",
            "  source <(altiplano generate-completion)    tab completion for this shell",
        })
public final class Altiplano {
    private Altiplano() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The verbs, ready to execute; tests give it their own writers. */
    static CommandLine commandLine() {
        return new CommandLine(new Altiplano())
                .setDefaultValueProvider(Settings.ofThisProcess())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Failures::showUsage)
                .setExecutionExceptionHandler(Failures::show)
                .setUsageHelpAutoWidth(true);
    }
}
