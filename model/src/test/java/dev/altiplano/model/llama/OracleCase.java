package dev.altiplano.model.llama;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.Tensor;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.model.file.SafetensorsFile;
import dev.altiplano.model.file.SafetensorsFolder;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** A checkpoint of {@code src/test/resources/oracle} and what the reference computes on it. */
final class OracleCase implements AutoCloseable {
    final SafetensorsFolder folder;
    final LlamaConfig config;
    final LlamaWeights weights;
    private final SafetensorsFile expected;

    /**
     * Made by a model that was cast to bf16 as a whole, its rotary frequencies too; see the README.
     */
    static final String BF16_CASE = "llama3-tied-bf16";

    OracleCase(String name) {
        this(path(name));
    }

    /** A folder like those of the cases. */
    OracleCase(Path path) {
        folder = SafetensorsFolder.open(path);
        LlamaConfig read = LlamaConfig.of(folder);
        config = path.endsWith(BF16_CASE) ? withRoundedFrequencies(read) : read;
        weights = LlamaWeights.of(folder, config);
        expected = SafetensorsFile.open(path.resolve("expected.safetensors"));
    }

    private static LlamaConfig withRoundedFrequencies(LlamaConfig c) {
        float[] frequencies = new float[c.rope().pairs()];
        for (int i = 0; i < frequencies.length; i++) {
            int bits = Float.floatToRawIntBits(c.rope().frequency(i));
            int nearestEven = bits + 0x7FFF + (bits >>> 16 & 1);
            frequencies[i] = Float.intBitsToFloat(nearestEven & 0xFFFF0000);
        }
        return new LlamaConfig(
                c.architecture(),
                c.vocabularySize(),
                c.hiddenSize(),
                c.heads(),
                c.kvHeads(),
                c.headDim(),
                c.contextLength(),
                c.normEpsilon(),
                RopeConfig.ofFrequencies(frequencies),
                c.rotaryPairs(),
                c.qkNorm(),
                c.attentionChunk(),
                c.temperature(),
                c.denseWidth(),
                c.experts(),
                c.layers(),
                c.tiedEmbeddings());
    }

    static Path path(String name) {
        URL url =
                Objects.requireNonNull(
                        OracleCase.class.getResource("/oracle/" + name), "no case " + name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Values of the reference, row-major. */
    float[] expected(String name) {
        return expected.require(name).decode();
    }

    int[] expectedIds(String name) {
        Tensor tensor = expected.require(name);
        float[] values = tensor.decode();
        int[] ids = new int[values.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (int) values[i];
        }
        return ids;
    }

    /** The kernel tiers of this machine. */
    static Stream<KernelTier> tiers() {
        return Stream.of(KernelTier.values()).filter(tier -> tier.whyUnavailable().isEmpty());
    }

    Transformer transformer(KernelTier tier, WorkerTeam workers, int batchTokensMax) {
        return new Transformer(config, weights, Kernels.of(tier), workers, batchTokensMax);
    }

    @Override
    public void close() {
        folder.close();
        expected.close();
    }
}
