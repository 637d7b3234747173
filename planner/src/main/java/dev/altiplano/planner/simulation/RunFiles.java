package dev.altiplano.planner.simulation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * The files of one run: {@code events.csv}, {@code timeline.csv}, {@code power.csv} and {@code
 * hash}, which is the SHA-256 of {@code events.csv}. Each is written beside its place and moved in.
 */
public final class RunFiles {
    private final Path folder;

    /** {@code folder} is made if it is not there. */
    public RunFiles(Path folder) {
        this.folder = folder;
    }

    public void write(Trace trace, PowerSeries.Resolution resolution) throws IOException {
        Files.createDirectories(folder);
        place("events.csv", file -> Files.writeString(file, trace.eventsCsv()));
        place("timeline.csv", file -> writeTimeline(trace, file));
        place("power.csv", file -> writePower(new PowerSeries(trace), resolution, file));
        place("hash", file -> Files.writeString(file, trace.result().hash() + "\n"));
    }

    private static void writeTimeline(Trace trace, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("from_us,until_us,phase,cause,speed_ppm,spares\n");
            for (Trace.Span span : trace.timeline()) {
                out.write(
                        String.format(
                                Locale.ROOT,
                                "%d,%d,%s,%s,%d,%d\n",
                                span.fromMicros(),
                                span.untilMicros(),
                                span.phase().label(),
                                span.cause(),
                                span.speedPpm(),
                                span.spares()));
            }
        }
    }

    private static void writePower(PowerSeries series, PowerSeries.Resolution resolution, Path file)
            throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("from_s,mean_watts\n");
            series.<IOException>forEach(
                    resolution,
                    (from, watts) ->
                            out.write(
                                    String.format(
                                            Locale.ROOT, "%d,%.1f\n", from / Times.SECOND, watts)));
        }
    }

    private void place(String name, Writer writer) throws IOException {
        Path beside = Files.createTempFile(folder, name, ".part");
        try {
            writer.write(beside);
            Files.move(beside, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private interface Writer {
        void write(Path file) throws IOException;
    }
}
