package dev.altiplano.model.file;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Shape;
import dev.altiplano.compute.quant.TensorFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.IntSupplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Reads a mapped file in every way, cuts it short, reads it again and says what happens. */
final class ShrinkingFile {
    private static final int STRINGS = 4_000;
    private static final int COLUMNS = 1 << 16;
    private static final int WARM_UPS = 3_000;

    /** What stays of the file: one page, so that the rest faults. */
    private static final int BYTES_LEFT = 4096;

    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final PrintStream OUT = System.out;

    private final Path path;

    private ShrinkingFile(Path path) {
        this.path = path;
    }

    public static void main(String[] arguments) throws IOException {
        ShrinkingFile test = new ShrinkingFile(Path.of(arguments[0]));
        test.readCold();
        test.readCompiled();
    }

    private void readCold() throws IOException {
        write();
        try (GgufFile file = GgufFile.open(path)) {
            cut();
            report("cold metadata", () -> strings(file, STRINGS));
            report("cold tensor", () -> file.reading(() -> decode(file)));
        }
    }

    private void readCompiled() throws IOException {
        write();
        try (GgufFile file = GgufFile.open(path)) {
            int sum = 0;
            for (int i = 0; i < WARM_UPS; i++) {
                sum += strings(file, 100) + (i % 32 == 0 ? decode(file) : 0) + vectors(file, 1024);
            }
            OUT.println("warm: " + sum);
            cut();
            report("compiled metadata", () -> strings(file, STRINGS));
            report("compiled tensor", () -> file.reading(() -> decode(file)));
            report(
                    "compiled vector loads beside a scalar read",
                    () -> file.reading(() -> vectors(file, COLUMNS)));
            report("writing it", () -> file.reading(() -> copy(file)));
        }
    }

    private static int strings(GgufFile file, int count) {
        List<String> tokens = file.metadata().strings("tokens").orElseThrow();
        int length = 0;
        for (int i = STRINGS - count; i < STRINGS; i++) {
            length += tokens.get(i).length();
        }
        return length;
    }

    private static int decode(GgufFile file) {
        return (int) file.require("w").decode()[COLUMNS - 1];
    }

    /** As a kernel should be written: the method that loads vectors also reads a scalar. */
    private static int vectors(GgufFile file, int columns) {
        MemorySegment bytes = file.require("w").bytes();
        FloatVector sum = FloatVector.zero(LANES);
        for (int i = 0; i < columns; i += LANES.length()) {
            sum =
                    sum.add(
                            FloatVector.fromMemorySegment(
                                    LANES, bytes, 4L * i, ByteOrder.LITTLE_ENDIAN));
        }
        return (int) sum.reduceLanes(VectorOperators.ADD) + bytes.get(ValueLayout.JAVA_BYTE, 0);
    }

    private int copy(GgufFile file) {
        try (GgufWriter writer = GgufWriter.create(path.resolveSibling("copy.gguf"))) {
            writer.declare("w", TensorFormat.F32, Shape.of(COLUMNS));
            writer.write(file.require("w").bytes());
            writer.finish();
        }
        return 0;
    }

    private static void report(String what, IntSupplier reading) {
        try {
            OUT.println(what + ": read " + reading.getAsInt());
        } catch (ModelFormatException expected) {
            OUT.println(what + ": reported " + expected.getMessage());
        }
    }

    private void write() {
        try (GgufWriter writer = GgufWriter.create(path)) {
            writer.put("tokens", GgufValue.strings(Collections.nCopies(STRINGS, "a token")));
            writer.declare("w", TensorFormat.F32, Shape.of(COLUMNS));
            writer.write(MemorySegment.ofArray(new byte[4 * COLUMNS]));
            writer.finish();
        }
    }

    private void cut() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(BYTES_LEFT);
        }
    }
}
