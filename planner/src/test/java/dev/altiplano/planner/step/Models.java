package dev.altiplano.planner.step;

/** Models and machines that many tests need. */
public final class Models {
    public static final double GIB = 1L << 30;
    public static final ModelShape LLAMA_8B = ModelShape.dense(32, 4096, 14336, 32, 8, 128256);
    public static final ModelShape LLAMA_70B = ModelShape.dense(80, 8192, 28672, 64, 8, 128256);
    public static final ModelShape LLAMA_405B = ModelShape.dense(126, 16384, 53248, 128, 8, 128256);
    public static final ModelShape SCOUT = llama4(16384, new MoeShape(16, 1, 1, 1, 8192));
    public static final ModelShape MAVERICK = llama4(16384, new MoeShape(128, 1, 1, 2, 8192));

    public static final AcceleratorSpec H100 =
            new AcceleratorSpec(989e12, 1979e12, 79.6 * GIB, 3.35e12, 900e9, 700, 1);

    /** Llama 3's network: 3,072 GPUs a pod, 1:7 above. */
    public static final FabricSpec PODS =
            new FabricSpec("hgx-h100", 8, 8, 3072, 7, 50e9, 5e-6, 20e-6);

    private Models() {}

    public static StepModel on(ModelShape model, long sequenceTokens) {
        return new StepModel(
                model,
                H100,
                PODS,
                TrainingSpec.of(sequenceTokens),
                StepConstants.FITTED,
                Stragglers.SPREAD);
    }

    private static ModelShape llama4(int ffn, MoeShape moe) {
        return new ModelShape(
                48,
                5120,
                ffn,
                40,
                8,
                128,
                202048,
                false,
                3,
                moe,
                new AttentionPattern(8192, 4),
                870_000_000);
    }
}
