package dev.altiplano.model.llama;

import dev.altiplano.compute.KvLayout;
import dev.altiplano.compute.quant.KvType;
import java.lang.foreign.Arena;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of the positions computed so far, off the heap, for many sequences. Paged: each
 * sequence takes blocks of {@link KvLayout#BLOCK_TOKENS} positions from one pool for the layers
 * that see all history and from another for the chunked layers, which forget earlier than the
 * first.
 *
 * <p>Bounded by a number of tokens, over all sequences; the memory of a block is taken when it is
 * first used. Owned by the one thread that runs the model.
 */
public final class KvCache implements AutoCloseable {
    private final LlamaConfig config;
    private final KvType type;
    private final Arena arena = Arena.ofShared();
    private final @Nullable KvPool global;
    private final @Nullable KvPool chunked;
    private final int[] indexInPool;
    private final int tokenCapacity;
    private boolean closed;

    /**
     * @param type how keys and values are stored
     * @param tokenCapacity positions that all sequences together can hold, rounded up to whole
     *     blocks
     */
    public KvCache(LlamaConfig config, KvType type, int tokenCapacity) {
        if (tokenCapacity < 1) {
            throw new IllegalArgumentException(
                    "KV cache: expected room for at least 1 token, found " + tokenCapacity);
        }
        this.config = config;
        this.type = type;
        this.tokenCapacity = tokenCapacity;
        indexInPool = new int[config.layers().size()];
        int globalLayers = 0;
        int chunkedLayers = 0;
        for (int i = 0; i < indexInPool.length; i++) {
            indexInPool[i] = config.layers().get(i).chunked() ? chunkedLayers++ : globalLayers++;
        }
        global = pool(globalLayers);
        chunked = pool(chunkedLayers);
    }

    private @Nullable KvPool pool(int layers) {
        return layers == 0
                ? null
                : new KvPool(
                        new KvLayout(layers, config.kvHeads(), config.headDim(), type),
                        tokenCapacity,
                        arena);
    }

    /** A new, empty sequence. Close it to give its blocks back. */
    public KvSequence open() {
        if (closed) {
            throw new IllegalStateException("the KV cache is closed");
        }
        return new KvSequence(
                this,
                Optional.ofNullable(global).map(KvTable::new),
                Optional.ofNullable(chunked).map(KvTable::new));
    }

    public int tokenCapacity() {
        return tokenCapacity;
    }

    /** Blocks that can still be taken: the least over the pools. */
    public int freeBlocks() {
        return Math.min(
                global == null ? Integer.MAX_VALUE : global.freeBlocks(),
                chunked == null ? Integer.MAX_VALUE : chunked.freeBlocks());
    }

    /** Blocks that sequences hold now, over all pools; 0 when all are closed. */
    public int usedBlocks() {
        return (global == null ? 0 : global.usedBlocks())
                + (chunked == null ? 0 : chunked.usedBlocks());
    }

    /** Bytes of the blocks that sequences hold now. */
    public long usedBytes() {
        return (global == null ? 0 : global.usedBlocks() * global.layout.blockBytes())
                + (chunked == null ? 0 : chunked.usedBlocks() * chunked.layout.blockBytes());
    }

    LlamaConfig config() {
        return config;
    }

    /** The layout of the pool that {@code layer} is in. */
    KvLayout layout(int layer) {
        KvPool pool = config.layers().get(layer).chunked() ? chunked : global;
        return Objects.requireNonNull(pool).layout;
    }

    /** The layer's index among those of its pool. */
    int indexInPool(int layer) {
        return indexInPool[layer];
    }

    /** Frees the memory. Sequences opened here must not be used afterwards. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            arena.close();
        }
    }
}
