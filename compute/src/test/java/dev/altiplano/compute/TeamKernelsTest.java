package dev.altiplano.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.compute.quant.TensorFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TeamKernelsTest {
    @ParameterizedTest
    @MethodSource("dev.altiplano.compute.Tiers#available")
    void anyNumberOfThreadsGivesTheSameBits(KernelTier tier) {
        List<float[]> alone = run(tier, 1);
        for (int threads : new int[] {2, 3, 5}) {
            List<float[]> shared = run(tier, threads);
            for (int i = 0; i < alone.size(); i++) {
                assertThat(shared.get(i)).isEqualTo(alone.get(i));
            }
        }
    }

    /** Every operation on rows that are large enough to be shared. */
    private static List<float[]> run(KernelTier tier, int threads) {
        SplittableRandom random = new SplittableRandom(1);
        int tokens = 37;
        int inputs = 512;
        Projection first = Projection.of(RandomTensors.of(TensorFormat.Q8_0, 70, inputs, random));
        Projection second = Projection.of(RandomTensors.of(TensorFormat.Q4_0, 33, inputs, random));
        float[] x = RandomTensors.floats(tokens * inputs, random);
        float[] weight = RandomTensors.floats(inputs, random);
        float[] normed = new float[tokens * inputs];
        float[] firstOut = new float[tokens * 70];
        float[] secondOut = new float[tokens * 33];
        float[] single = new float[70];
        try (WorkerTeam team = new WorkerTeam(threads)) {
            TeamKernels kernels = new TeamKernels(Kernels.of(tier), team, tokens, inputs);
            kernels.pack(first);
            kernels.pack(second);
            kernels.rmsNorm(x, tokens, weight, 1e-5f, normed);
            kernels.multiply(List.of(first, second), normed, tokens, List.of(firstOut, secondOut));
            kernels.multiply(first, x, 1, single);
            kernels.siluMultiply(normed, x, tokens, inputs);
            kernels.add(normed, x, tokens, inputs);
        }
        return List.of(normed, firstOut, secondOut, single);
    }
}
