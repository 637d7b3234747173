package dev.altiplano.model.llama;

import dev.altiplano.compute.AttentionPart;
import dev.altiplano.compute.KvLayout;
import dev.altiplano.compute.KvSpan;
import dev.altiplano.compute.TeamKernels;
import dev.altiplano.compute.WorkerTeam.RangeTask;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention of all tokens of a batch over the keys and values in the cache: how it is handed out. A
 * unit is the G query heads of one token that share a KV head.
 *
 * <p>Where there are too few units to keep the team busy, as in decoding with few KV heads, and
 * contexts are longer than a range, the ranges of each unit are handed out, their results kept, and
 * merged in the order of positions: the same arithmetic as that of a worker which goes over its
 * unit's ranges by itself. Source: Dao et al., "Flash-Decoding for long-context inference" (2023).
 *
 * <p>Owned by the thread that runs the model.
 */
final class CacheAttention {
    /** With so many units for each thread, none waits long for the last unit. */
    private static final int UNITS_PER_THREAD = 4;

    /** A GiB; the cache of a context that would take it is many times as large. */
    private static final int PARTS_FLOATS_MAX = 1 << 28;

    private final LlamaConfig config;
    private final TeamKernels team;
    private final float[] query; // [T, Q]; attention writes its result over it
    private final float scoreScale;
    private final int partFloats;
    private final List<KvSpan> spans = new ArrayList<>();
    private final RangeTask attendUnits = this::attendUnits;
    private final RangeTask attendRanges = this::attendRanges;
    private final RangeTask mergeRanges = this::mergeRanges;

    /** [units, ranges] of {@link AttentionPart}; grows with the context, see {@link #reserve}. */
    private float[] parts = {};

    // The layer and batch of the call in progress, for the tasks of the team.
    private Batch batch = new Batch(1);
    private LlamaConfig.Layer layer;
    private KvLayout kvLayout;
    private int kvLayer;
    private int rangesMax;

    CacheAttention(LlamaConfig config, TeamKernels team, float[] query, KvLayout kvLayout) {
        this.config = config;
        this.team = team;
        this.query = query;
        this.kvLayout = kvLayout;
        this.layer = config.layers().getFirst();
        this.scoreScale = (float) (1 / Math.sqrt(config.headDim()));
        this.partFloats = AttentionPart.floats(config.queryGroup(), config.headDim());
        for (int worker = 0; worker < team.threads(); worker++) {
            spans.add(new KvSpan());
        }
    }

    /**
     * Replaces the queries by what they attend to; the batch's keys and values are in the cache.
     */
    void attend(LlamaConfig.Layer layer, Batch batch, KvLayout kvLayout, int kvLayer) {
        this.layer = layer;
        this.batch = batch;
        this.kvLayout = kvLayout;
        this.kvLayer = kvLayer;
        int units = batch.tokens() * config.kvHeads();
        long operations = scores() * config.queryWidth();
        rangesMax = rangesMax(units);
        if (rangesMax > 1) {
            reserve(units * rangesMax * partFloats);
            team.run(units * rangesMax, operations, attendRanges);
            team.run(units, (long) units * rangesMax * partFloats, mergeRanges);
        } else {
            team.run(units, operations, attendUnits);
        }
    }

    /** How many keys all tokens of the batch see together. */
    private long scores() {
        long scores = 0;
        for (int token = 0; token < batch.tokens(); token++) {
            int position = batch.position(token);
            scores += position + 1 - config.firstVisible(layer, position);
        }
        return scores;
    }

    /** The ranges of the longest context; 1 if units and not ranges are to be handed out. */
    private int rangesMax(int units) {
        int ranges = 1;
        if (team.threads() > 1 && units < UNITS_PER_THREAD * team.threads()) {
            KvSpan span = spans.getFirst();
            for (int token = 0; token < batch.tokens(); token++) {
                select(span, token * config.kvHeads());
                ranges = Math.max(ranges, span.ranges());
            }
        }
        return (long) units * ranges * partFloats <= PARTS_FLOATS_MAX ? ranges : 1;
    }

    /** Doubles, so that growing is rare. */
    private void reserve(int floats) {
        if (parts.length < floats) {
            parts = new float[(int) Math.min(2L * floats, PARTS_FLOATS_MAX)];
        }
    }

    private void attendUnits(int fromUnit, int toUnit, int worker) {
        KvSpan span = spans.get(worker);
        int group = config.queryGroup();
        for (int unit = fromUnit; unit < toUnit; unit++) {
            select(span, unit);
            int index = index(unit);
            team.kernels()
                    .attend(query, index, group, scoreScale, span, query, team.scratch(worker));
        }
    }

    private void attendRanges(int fromPart, int toPart, int worker) {
        KvSpan span = spans.get(worker);
        for (int part = fromPart; part < toPart; part++) {
            int unit = part / rangesMax;
            int range = part % rangesMax;
            select(span, unit);
            if (range < span.ranges()) {
                span.seeRange(range);
                team.kernels()
                        .attendRange(
                                query,
                                index(unit),
                                config.queryGroup(),
                                scoreScale,
                                span,
                                parts,
                                part * partFloats,
                                team.scratch(worker));
            }
        }
    }

    private void mergeRanges(int fromUnit, int toUnit, int worker) {
        KvSpan span = spans.get(worker);
        int group = config.queryGroup();
        for (int unit = fromUnit; unit < toUnit; unit++) {
            select(span, unit);
            int first = unit * rangesMax * partFloats;
            for (int range = 1; range < span.ranges(); range++) {
                int next = first + range * partFloats;
                AttentionPart.merge(parts, first, next, group, config.headDim());
            }
            System.arraycopy(parts, first, query, index(unit), group * config.headDim());
        }
    }

    /** Lets {@code span} see what the unit sees. */
    private void select(KvSpan span, int unit) {
        int token = unit / config.kvHeads();
        int position = batch.position(token);
        KvTable table = batch.sequenceOf(token).table(layer.chunked());
        span.select(kvLayout, table.blocks(), table.addresses(), kvLayer);
        span.see(unit % config.kvHeads(), config.firstVisible(layer, position), position + 1);
    }

    /** Where the unit's queries begin: those of a token lie side by side. */
    private int index(int unit) {
        return unit * config.queryGroup() * config.headDim();
    }
}
