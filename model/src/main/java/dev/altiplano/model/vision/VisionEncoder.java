package dev.altiplano.model.vision;

import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.TeamKernels;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.model.vision.VisionWeights.Block;
import java.util.List;

/**
 * Llama 4's image encoder: a tile in, vectors for the text model out.
 *
 * <pre>
 * h = (W·patch for each patch, class vector last) + positions;  h = norm(h)
 * h = block(h) for each block;  h = norm(h), without the class vector
 * v = neighbours of h side by side;  v = gelu(W₂ · gelu(W₁ · v));  out = projector · v
 * </pre>
 *
 * <p>The same bits whatever the number of threads. Buffers are made here, for one tile. Borrows
 * weights and team. Owned by one thread.
 */
public final class VisionEncoder {
    private final VisionConfig config;
    private final VisionWeights weights;
    private final Runnable requireIntact;
    private final TeamKernels team;
    private final RowMath rowMath;
    private final VisionBlockMath blockMath;
    private final float[] patches; // [patches, patchWidth]
    private final float[] hidden; // [positions, hiddenSize]
    private final float[] shuffled; // this one to the last: [vectors, their width]
    private final float[] adapterInner;
    private final float[] adapted;
    private final float[] projected;

    /**
     * @param requireIntact throws if the mapped file has become shorter; asked before each tile,
     *     and when a read faults
     */
    public VisionEncoder(
            VisionConfig config,
            VisionWeights weights,
            Kernels kernels,
            WorkerTeam workers,
            Runnable requireIntact) {
        this.config = config;
        this.weights = weights;
        this.requireIntact = requireIntact;
        team = new TeamKernels(kernels, workers, config.positions(), inputsMax(config));
        rowMath = new RowMath(team, config.normEpsilon());
        blockMath = new VisionBlockMath(config, team, rowMath);
        patches = new float[config.patches() * config.patchWidth()];
        hidden = new float[config.positions() * config.hiddenSize()];
        int vectors = config.vectorsPerTile();
        shuffled = new float[vectors * config.shuffledWidth()];
        adapterInner = new float[vectors * config.adapterWidth()];
        adapted = new float[adapterInner.length];
        projected = new float[vectors * config.textWidth()];
    }

    private static int inputsMax(VisionConfig config) {
        int blocks =
                Math.max(config.patchWidth(), Math.max(config.hiddenSize(), config.mlpWidth()));
        return Math.max(blocks, Math.max(config.shuffledWidth(), config.adapterWidth()));
    }

    public VisionConfig config() {
        return config;
    }

    /**
     * Encodes tiles, each [3, side, side] in -1 to 1.
     *
     * @return [tiles, vectorsPerTile, textWidth]
     */
    public float[] encode(List<float[]> tiles) {
        float[] vectors = new float[Math.multiplyExact(tiles.size(), projected.length)];
        for (int tile = 0; tile < tiles.size(); tile++) {
            encodeTile(tiles.get(tile));
            System.arraycopy(projected, 0, vectors, tile * projected.length, projected.length);
        }
        return vectors;
    }

    private void encodeTile(float[] tile) {
        requireIntact.run();
        try {
            compute(tile);
        } catch (InternalError fault) { // what the JVM throws when mapped memory has gone
            requireIntact.run();
            throw fault;
        }
    }

    private void compute(float[] tile) {
        embed(tile);
        rowMath.layerNorm(hidden, config.positions(), weights.firstNorm(), hidden);
        for (Block block : weights.blocks()) {
            blockMath.apply(block, hidden);
        }
        rowMath.layerNorm(hidden, config.patches(), weights.lastNorm(), hidden);
        joinNeighbours();
        adapt();
        team.multiply(weights.projector(), adapted, config.vectorsPerTile(), projected);
    }

    private void embed(float[] tile) {
        unfold(tile);
        team.multiply(weights.patchEmbedding(), patches, config.patches(), hidden);
        int width = config.hiddenSize();
        System.arraycopy(weights.classVector(), 0, hidden, config.patches() * width, width);
        team.add(hidden, weights.positions(), config.positions(), width);
    }

    /** Patches row by row, each as [channel, row, column]. */
    private void unfold(float[] tile) {
        int side = config.tileSide();
        int patchSide = config.patchSide();
        int target = 0;
        for (int top = 0; top < side; top += patchSide) {
            for (int left = 0; left < side; left += patchSide) {
                for (int channel = 0; channel < VisionConfig.CHANNELS; channel++) {
                    for (int row = top; row < top + patchSide; row++) {
                        int source = (channel * side + row) * side + left;
                        System.arraycopy(tile, source, patches, target, patchSide);
                        target += patchSide;
                    }
                }
            }
        }
    }

    /**
     * Pixel shuffle: the vectors of a small square of patches, row by row, become one, so that
     * [grid, grid, H] becomes [grid / s, grid / s, s·s·H].
     */
    private void joinNeighbours() {
        int width = config.hiddenSize();
        int grid = config.gridSide();
        int square = config.shuffle();
        int target = 0;
        for (int top = 0; top < grid; top += square) {
            for (int left = 0; left < grid; left += square) {
                for (int row = top; row < top + square; row++) {
                    int source = (row * grid + left) * width;
                    System.arraycopy(hidden, source, shuffled, target, square * width);
                    target += square * width;
                }
            }
        }
    }

    private void adapt() {
        int vectors = config.vectorsPerTile();
        team.multiply(weights.adapter().getFirst(), shuffled, vectors, adapterInner);
        rowMath.gelu(adapterInner, vectors, config.adapterWidth());
        team.multiply(weights.adapter().getLast(), adapterInner, vectors, adapted);
        rowMath.gelu(adapted, vectors, config.adapterWidth());
    }

    /** What the adapter gave for the last tile, [vectorsPerTile, adapterWidth]; borrowed. */
    float[] adapted() {
        return adapted;
    }
}
