package dev.altiplano.cli;

import dev.altiplano.compute.AltiplanoException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where failures become a message for people and an exit code for scripts. */
final class Failures {
    /** Bad usage or bad input: the user can mend it. */
    static final int EXIT_BAD_INPUT = 2;

    /** A defect of ours. */
    static final int EXIT_DEFECT = 70;

    private Failures() {}

    /** A wrong command line: what is wrong, then where to read on. */
    static int showUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("altiplano: " + failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return EXIT_BAD_INPUT;
    }

    static int show(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        return switch (failure) {
            case ParameterException usage -> showUsage(usage, new String[0]);
            case AltiplanoException expected -> badInput(err, expected.getMessage());
            case FileSystemException file -> badInput(err, describe(file));
            case UncheckedIOException wrapped
                    when wrapped.getCause() instanceof FileSystemException file ->
                    badInput(err, describe(file));
            default -> defect(err, failure);
        };
    }

    private static int badInput(PrintWriter err, String message) {
        err.println("altiplano: " + message);
        err.flush();
        return EXIT_BAD_INPUT;
    }

    private static int defect(PrintWriter err, Exception failure) {
        err.println(
                "altiplano: a defect of ours; please report it with the lines below and what you"
                        + " typed.");
        failure.printStackTrace(err);
        err.flush();
        return EXIT_DEFECT;
    }

    private static String describe(FileSystemException failure) {
        return switch (failure) {
            case NoSuchFileException missing ->
                    "%s: expected a file or folder, found none. Check the path."
                            .formatted(missing.getFile());
            case AccessDeniedException denied ->
                    "%s: expected to be allowed to use it, found no permission. Check its owner and"
                                    .formatted(denied.getFile())
                            + " mode.";
            default ->
                    "%s: %s. Check the path and the space on its disk."
                            .formatted(failure.getFile(), failure.getReason());
        };
    }
}
