package dev.altiplano.planner.file;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Place;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML or JSON document. JSON is read as the subset of YAML that it is. Throws {@link
 * PlannerException} with E001 or E002, never anything else, whatever the bytes are.
 */
public final class DocumentReader {

    private DocumentReader() {}

    public static Value read(Path file) {
        return read(String.valueOf(file.getFileName()), TextFile.read(file));
    }

    /** Reads UTF-8; {@code name} is what messages call the file. */
    public static Value read(String name, byte[] bytes) {
        return read(name, TextFile.decode(name, bytes));
    }

    public static Value read(String name, String text) {
        if (text.length() > TextFile.BYTES_MAX) {
            throw refused(ErrorCode.E001, "file is larger than 10 MiB", new Place(name, 0, ""));
        }
        LoadSettings settings =
                LoadSettings.builder().setLabel(name).setCodePointLimit(TextFile.BYTES_MAX).build();
        try {
            return new TreeBuilder(name, new Parse(settings).parseString(text).iterator()).build();
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw refused(ErrorCode.E002, "not YAML: " + e.getProblem(), new Place(name, line, ""));
        } catch (YamlEngineException e) {
            throw refused(ErrorCode.E002, "not YAML: " + firstLine(e), new Place(name, 0, ""));
        }
    }

    private static String firstLine(YamlEngineException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
    }

    static PlannerException refused(ErrorCode code, String message, Place place) {
        return new PlannerException(Problem.of(code, message).at(place));
    }
}
