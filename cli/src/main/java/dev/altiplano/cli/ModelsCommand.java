package dev.altiplano.cli;

import dev.altiplano.cli.hub.ModelStore;
import dev.altiplano.cli.hub.StoredModel;
import dev.altiplano.cli.text.Table;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code altiplano models}: what is in the store. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Lists the models on this machine, or removes one.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano models",
            "  altiplano models --json",
            "  altiplano models remove smollm2"
        })
final class ModelsCommand implements Runnable {
    @Option(names = "--json", description = "For programs.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        ModelStore store = Models.store();
        List<StoredModel> models = store.list();
        if (json) {
            out.println(toJson(models).toPrettyString());
        } else if (models.isEmpty()) {
            out.println("No models in " + store.folder() + ". Fetch one: altiplano pull");
        } else {
            printTable(models, out);
        }
        out.flush();
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Deletes a model from the store.",
            footerHeading = "%nExamples:%n",
            footer = "  altiplano models remove smollm2")
    void remove(@Parameters(paramLabel = "NAME", description = "As listed.") String name) {
        StoredModel removed = Models.store().remove(name);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("Removed %s (%s).%n", removed.name(), Units.bytes(removed.sizeBytes()));
        out.flush();
    }

    private static void printTable(List<StoredModel> models, PrintWriter out) {
        Table table =
                new Table()
                        .column("name", Table.Align.LEFT)
                        .column("size", Table.Align.RIGHT)
                        .column("since", Table.Align.LEFT)
                        .column("path", Table.Align.LEFT);
        long totalBytes = 0;
        for (StoredModel model : models) {
            LocalDate since = LocalDate.ofInstant(model.modified(), ZoneId.systemDefault());
            table.row(model.name(), Units.bytes(model.sizeBytes()), since, model.path());
            totalBytes += model.sizeBytes();
        }
        table.print(out);
        String noun = models.size() == 1 ? "model" : "models";
        out.printf("%n%d %s, %s%n", models.size(), noun, Units.bytes(totalBytes));
    }

    private static ArrayNode toJson(List<StoredModel> models) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        models.forEach(model -> array.add(toJson(model)));
        return array;
    }

    static ObjectNode toJson(StoredModel model) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("name", model.name())
                .put("path", model.path().toString())
                .put("size_bytes", model.sizeBytes())
                .put("modified", model.modified().toString());
    }
}
