package dev.altiplano.cli;

import dev.altiplano.cli.text.Table;
import dev.altiplano.compute.KernelTier;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code altiplano doctor}: what this machine offers, what is wrong, and how to mend it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Checks this machine: JDK, processor, kernels, memory, models, disk, port.",
            "Exit code 1 if something is wrong."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  altiplano doctor", "  altiplano doctor --json          for a defect report"})
final class DoctorCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "The port that serve would use (${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--tier",
            paramLabel = "TIER",
            description = "The kernels that would be used (default: the fastest here).")
    private @Nullable String tier;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        List<Finding> findings =
                new Examination(
                                Models.store(),
                                port,
                                Optional.ofNullable(tier).map(KernelTier::parse))
                        .findings();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(toJson(findings).toPrettyString());
        } else {
            print(findings, out);
        }
        out.flush();
        return findings.stream().anyMatch(f -> f.verdict() == Finding.Verdict.BROKEN) ? 1 : 0;
    }

    private static void print(List<Finding> findings, PrintWriter out) {
        Table table =
                new Table()
                        .column("", Table.Align.LEFT)
                        .column("what", Table.Align.LEFT)
                        .column("found", Table.Align.LEFT);
        findings.forEach(f -> table.row(f.verdict().label(), f.subject(), f.found()));
        table.print(out);
        for (Finding finding : findings) {
            finding.remedy().ifPresent(r -> out.printf("%n%s: %s%n", finding.subject(), r));
        }
    }

    private static ArrayNode toJson(List<Finding> findings) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        for (Finding finding : findings) {
            ObjectNode node =
                    array.addObject()
                            .put("verdict", finding.verdict().label())
                            .put("subject", finding.subject())
                            .put("found", finding.found());
            finding.remedy().ifPresent(remedy -> node.put("remedy", remedy));
        }
        return array;
    }
}
