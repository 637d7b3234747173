package dev.altiplano.compute.quant;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The points that the IQ1, IQ2 and IQ3 formats choose from: each is a run of small whole numbers.
 * Read from a resource when the first such block is decoded. Immutable.
 *
 * <p>The resource {@code iq-grids.txt} has one section for each grid: a line {@code [name] points
 * dimensions levels}, then hexadecimal bytes that hold the index of a level for each number, lowest
 * bits first, two bits where there are three levels and four where there are eight.
 */
final class Grid {
    private static final String RESOURCE = "iq-grids.txt";

    static final Grid IQ1 = read("IQ1");
    static final Grid IQ2_XXS = read("IQ2_XXS");
    static final Grid IQ2_XS = read("IQ2_XS");
    static final Grid IQ2_S = read("IQ2_S");
    static final Grid IQ3_XXS = read("IQ3_XXS");
    static final Grid IQ3_S = read("IQ3_S");

    private final byte[] values;
    private final int dimensions;

    private Grid(byte[] values, int dimensions) {
        this.values = values;
        this.dimensions = dimensions;
    }

    private static Grid read(String name) {
        try (BufferedReader lines = open()) {
            String[] header = header(lines, "[" + name + "]");
            int points = Integer.parseInt(header[1]);
            int dimensions = Integer.parseInt(header[2]);
            int[] levels =
                    Arrays.stream(header[3].split(",")).mapToInt(Integer::parseInt).toArray();
            return new Grid(numbers(lines, points * dimensions, levels), dimensions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Number {@code dimension} of point {@code index}. */
    int value(int index, int dimension) {
        return values[index * dimensions + dimension];
    }

    private static BufferedReader open() {
        InputStream stream = Grid.class.getResourceAsStream(RESOURCE);
        if (stream == null) {
            throw new IllegalStateException(
                    "%s is missing beside Grid.class; build the jar again".formatted(RESOURCE));
        }
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII));
    }

    private static String[] header(BufferedReader lines, String name) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals(name)) {
                return words;
            }
        }
        throw new IllegalStateException("%s has no section %s".formatted(RESOURCE, name));
    }

    private static byte[] numbers(BufferedReader lines, int count, int[] levels)
            throws IOException {
        int levelBits = levels.length <= 4 ? 2 : 4;
        byte[] numbers = new byte[count];
        int filled = 0;
        while (filled < count) {
            for (byte packed : HexFormat.of().parseHex(lines.readLine())) {
                for (int shift = 0; shift < 8; shift += levelBits) {
                    int level = (packed >> shift) & ((1 << levelBits) - 1);
                    numbers[filled++] = (byte) levels[level];
                }
            }
        }
        return numbers;
    }
}
