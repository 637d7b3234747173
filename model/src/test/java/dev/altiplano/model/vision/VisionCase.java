package dev.altiplano.model.vision;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.model.file.SafetensorsFile;
import dev.altiplano.model.file.SafetensorsFolder;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The oracle's checkpoint that sees images, and what the reference computes on three tiles. */
final class VisionCase implements AutoCloseable {
    final SafetensorsFolder folder = SafetensorsFolder.open(path());
    final VisionConfig config = VisionConfig.of(folder).orElseThrow();
    private final SafetensorsFile expected =
            SafetensorsFile.open(path().resolve("expected.safetensors"));

    static Path path() {
        URL url = VisionCase.class.getResource("/oracle/llama4-vision-tiny");
        try {
            return Path.of(Objects.requireNonNull(url).toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    float[] expected(String name) {
        return expected.require(name).decode();
    }

    /** Noise that the reference took for tiles, each [3, side, side]. */
    List<float[]> tiles() {
        return split(expected("pixel_values"), 3 * config.tileSide() * config.tileSide());
    }

    /** Rows of {@code width} values. */
    static List<float[]> split(float[] values, int width) {
        List<float[]> parts = new ArrayList<>();
        for (int from = 0; from < values.length; from += width) {
            parts.add(Arrays.copyOfRange(values, from, from + width));
        }
        return parts;
    }

    VisionEncoder encoder(KernelTier tier, WorkerTeam workers) {
        VisionWeights weights = VisionWeights.of(folder, config);
        return new VisionEncoder(config, weights, Kernels.of(tier), workers, () -> {});
    }

    /** The largest absolute difference of two values, NaN if one is. */
    static double worst(float[] found, float[] expected) {
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs((double) found[i] - expected[i]);
            worst = Double.isNaN(difference) ? Double.NaN : Math.max(worst, difference);
        }
        return worst;
    }

    @Override
    public void close() {
        folder.close();
        expected.close();
    }
}
