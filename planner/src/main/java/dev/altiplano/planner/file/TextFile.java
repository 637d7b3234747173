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
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Input files of every kind: UTF-8 text of bounded size, or E001 with the reason. */
public final class TextFile {
    /** Larger files are refused. */
    public static final int BYTES_MAX = 10 << 20;

    private TextFile() {}

    public static String read(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX + 1);
        } catch (IOException e) {
            throw new PlannerException(
                    Problem.of(ErrorCode.E001, "cannot read " + file + ": " + reason(file, e))
                            .hinting("give the path of a text file"));
        }
        return decode(String.valueOf(file.getFileName()), bytes);
    }

    /** {@code name} is what messages call the file. */
    static String decode(String name, byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw refused(name, "file is larger than 10 MiB", "shorten it");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw refused(name, "file is not UTF-8 text", "save it as UTF-8");
        }
    }

    private static String reason(Path file, IOException e) {
        if (Files.isDirectory(file)) {
            return "it is a folder";
        }
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "access is denied";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static PlannerException refused(String name, String why, String hint) {
        return new PlannerException(
                Problem.of(ErrorCode.E001, why).at(new Place(name, 0, "")).hinting(hint));
    }
}
