package dev.altiplano.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code altiplano doctor}: what this machine offers, what is wrong, and how to mend it. */
@Command(name = "doctor", mixinStandardHelpOptions = true, description = "Checks this machine.")
final class DoctorCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        new Table()
                .column("what", Table.Align.LEFT)
                .column("found", Table.Align.LEFT)
                .row("JDK", Runtime.version())
                .print(spec.commandLine().getOut());
    }
}
