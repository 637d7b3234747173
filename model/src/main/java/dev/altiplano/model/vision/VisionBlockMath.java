package dev.altiplano.model.vision;

import dev.altiplano.compute.KvLayout;
import dev.altiplano.compute.KvSpan;
import dev.altiplano.compute.RotaryPairs;
import dev.altiplano.compute.TeamKernels;
import dev.altiplano.compute.WorkerTeam.RangeTask;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.model.llama.RopeConfig;
import dev.altiplano.model.vision.VisionWeights.Block;
import dev.altiplano.model.vision.VisionWeights.Linear;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The mathematics of one block of the image encoder, for all positions of a tile:
 *
 * <pre>
 * h ← h + Attention(norm(h))
 * h ← h + down(gelu(up(norm(h))))
 * </pre>
 *
 * <p>Every position sees every other. The first half of a head's pairs rotates by the column of the
 * patch plus one, the second half by its row plus one; the class vector, which is last, does not
 * rotate. Source: meta-llama/llama-models ({@code llama4/vision/encoder.py}). Owned by the thread
 * that runs the model.
 */
final class VisionBlockMath {
    private static final int ALIGNMENT_BYTES = 64;

    private final VisionConfig config;
    private final TeamKernels team;
    private final RowMath rowMath;
    private final float[] query; // this one and the next two: [P, H]
    private final float[] key;
    private final float[] value;
    private final List<float[]> queryKeyValue;
    private final float[] normed; // [P, H]
    private final float[] update; // [P, H]
    private final float[] inner; // [P, mlpWidth]

    /** [P, headDim/2, (cos, sin)]. */
    private final float[] rotations;

    private final KvLayout kvLayout;
    private final MemorySegment[] kvBlocks;
    private final List<KvSpan> spans = new ArrayList<>();
    private final RangeTask attendHeads = this::attendHeads;

    VisionBlockMath(VisionConfig config, TeamKernels team, RowMath rowMath) {
        this.config = config;
        this.team = team;
        this.rowMath = rowMath;
        int values = config.positions() * config.hiddenSize();
        query = new float[values];
        key = new float[values];
        value = new float[values];
        queryKeyValue = List.of(query, key, value);
        normed = new float[values];
        update = new float[values];
        inner = new float[config.positions() * config.mlpWidth()];
        rotations = rotations(config);
        kvLayout = new KvLayout(1, config.heads(), config.headDim(), KvType.F32);
        kvBlocks = kvBlocks(kvLayout, config.positions());
        MemorySegment addresses = KvSpan.addresses(kvBlocks);
        for (int worker = 0; worker < team.threads(); worker++) {
            KvSpan span = new KvSpan();
            span.select(kvLayout, kvBlocks, addresses, 0);
            spans.add(span);
        }
    }

    private static float[] rotations(VisionConfig config) {
        int headDim = config.headDim();
        int grid = config.gridSide();
        RopeConfig axis = RopeConfig.of(config.ropeBase(), headDim / 2, new RopeConfig.NoScaling());
        float[] rotations = new float[config.positions() * headDim];
        for (int patch = 0; patch < config.patches(); patch++) {
            int index = patch * headDim;
            axis.rotation(patch % grid + 1, rotations, index);
            axis.rotation(patch / grid + 1, rotations, index + headDim / 2);
        }
        int last = config.patches() * headDim;
        axis.rotation(0, rotations, last);
        axis.rotation(0, rotations, last + headDim / 2);
        return rotations;
    }

    private static MemorySegment[] kvBlocks(KvLayout layout, int positions) {
        MemorySegment[] blocks = new MemorySegment[Math.ceilDiv(positions, KvLayout.BLOCK_TOKENS)];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = Arena.ofAuto().allocate(layout.blockBytes(), ALIGNMENT_BYTES);
        }
        return blocks;
    }

    /** Takes {@code hidden}, [P, H], from the input of a block to its output. */
    void apply(Block weights, float[] hidden) {
        int positions = config.positions();

        rowMath.layerNorm(hidden, positions, weights.attentionNorm(), normed);
        attention(weights);
        team.add(hidden, update, positions, config.hiddenSize());

        rowMath.layerNorm(hidden, positions, weights.mlpNorm(), normed);
        rowMath.linear(weights.up(), normed, positions, inner);
        rowMath.gelu(inner, positions, config.mlpWidth());
        rowMath.linear(weights.down(), inner, positions, update);
        team.add(hidden, update, positions, config.hiddenSize());
    }

    private void attention(Block weights) {
        int positions = config.positions();
        long values = (long) positions * config.hiddenSize();
        List<Linear> layers = weights.queryKeyValue();
        team.multiply(
                layers.stream().map(Linear::weights).toList(), normed, positions, queryKeyValue);
        team.run(positions, values, (from, to, worker) -> place(layers, from, to));
        team.run(positions * config.heads(), values * positions, attendHeads);
        rowMath.linear(weights.attentionOutput(), query, positions, update);
    }

    /** Biases and rotations; then keys and values to where attention reads them. */
    private void place(List<Linear> layers, int from, int to) {
        for (int position = from; position < to; position++) {
            int index = position * config.hiddenSize();
            for (int i = 0; i < layers.size(); i++) {
                RowMath.addBias(queryKeyValue.get(i), index, layers.get(i).bias());
            }
            rotateHeads(query, position);
            rotateHeads(key, position);
            MemorySegment block = kvBlocks[position / KvLayout.BLOCK_TOKENS];
            kvLayout.store(block, 0, position % KvLayout.BLOCK_TOKENS, key, value, index);
        }
    }

    private void rotateHeads(float[] x, int position) {
        int headDim = config.headDim();
        int from = position * config.hiddenSize();
        for (int i = from; i < from + config.hiddenSize(); i += headDim) {
            team.kernels()
                    .rotate(x, i, headDim, RotaryPairs.ADJACENT, rotations, position * headDim);
        }
    }

    /** One unit is one head of one position. */
    private void attendHeads(int fromUnit, int toUnit, int worker) {
        float scale = (float) (1 / Math.sqrt(config.headDim()));
        KvSpan span = spans.get(worker);
        for (int unit = fromUnit; unit < toUnit; unit++) {
            span.see(unit % config.heads(), 0, config.positions());
            int index = unit * config.headDim(); // heads of a position lie side by side
            team.kernels().attend(query, index, 1, scale, span, query, team.scratch(worker));
        }
    }
}
