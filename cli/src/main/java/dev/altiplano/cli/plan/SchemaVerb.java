package dev.altiplano.cli.plan;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.input.PlanKeys;
import dev.altiplano.planner.schema.JsonSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plan schema}: the JSON Schema of plan files, for editors. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "The JSON Schema of plan files.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan schema > plan.schema.json",
            "  altiplano plan schema --out .",
        })
final class SchemaVerb implements Callable<Integer> {
    @Option(names = "--json", hidden = true, description = "It is JSON anyway.")
    @SuppressWarnings("unused") // so that --json is allowed for every verb
    private boolean json;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Writes plan.schema.json into this folder instead.")
    private @Nullable Path out;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        String schema = JsonSchema.print("Altiplano plan", PlanKeys.root(Catalog.builtIn()));
        if (out == null) {
            PrintWriter stdout = spec.commandLine().getOut();
            stdout.print(schema);
            stdout.flush();
        } else {
            Files.createDirectories(out);
            PlanVerb.place(out.resolve("plan.schema.json"), schema);
        }
        return PlanExit.FINE;
    }
}
