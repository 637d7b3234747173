package dev.altiplano.planner.file;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Place;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    public static final int BYTES_MAX = 10 << 20;

    private DocumentReader() {}

    public static Value read(Path file) {
        String name = String.valueOf(file.getFileName());
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX + 1);
        } catch (IOException e) {
            String message = "cannot read " + file + ": " + reason(e);
            throw new PlannerException(Problem.of(ErrorCode.E001, message));
        }
        return read(name, bytes);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException missing -> "there is no such file";
            case java.nio.file.AccessDeniedException denied -> "access is denied";
            default -> String.valueOf(e.getMessage());
        };
    }

    /** Reads UTF-8; {@code name} is what messages call the file. */
    public static Value read(String name, byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw refused(ErrorCode.E001, "file is larger than 10 MiB", new Place(name, 0, ""));
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return read(name, text);
        } catch (CharacterCodingException e) {
            throw refused(ErrorCode.E001, "file is not UTF-8 text", new Place(name, 0, ""));
        }
    }

    public static Value read(String name, String text) {
        if (text.length() > BYTES_MAX) {
            throw refused(ErrorCode.E001, "file is larger than 10 MiB", new Place(name, 0, ""));
        }
        LoadSettings settings =
                LoadSettings.builder().setLabel(name).setCodePointLimit(BYTES_MAX).build();
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
