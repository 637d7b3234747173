package dev.altiplano.server.api;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.engine.EngineStats;
import dev.altiplano.engine.FinishReason;
import dev.altiplano.engine.GeneratedToken;
import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.engine.GenerationUsage;
import dev.altiplano.engine.sampling.TokenLogprobs;
import dev.altiplano.model.chat.ChatFormat;
import dev.altiplano.model.token.Tokenizer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The model behind the API, as the endpoints see it: the engine in this process, or a script in a
 * test. For many threads.
 */
public interface ServedModel {
    /** What clients call it. */
    String name();

    Tokenizer tokenizer();

    /** How conversations are written; without one there is no chat. */
    Optional<ChatFormat> chatFormat();

    /** The most tokens of prompt and answer together. */
    int contextTokens();

    /** How many weights the model has. */
    long parameters();

    /** How large its weights are. */
    long sizeBytes();

    /** Whether requests can be answered; false once a defect has ended the engine. */
    boolean isAlive();

    /** The kernels that compute. */
    KernelTier kernelTier();

    /** How the KV cache stores keys and values. */
    KvType kvType();

    /** How busy the engine is. */
    EngineStats stats();

    /**
     * Puts a request in the queue.
     *
     * @throws dev.altiplano.engine.QueueFullException if as many wait already as may
     * @throws dev.altiplano.engine.PromptTooLongException if the prompt does not fit the context
     * @throws dev.altiplano.engine.GenerationFailedException if the engine can answer nothing any
     *     more
     */
    Answer submit(GenerationRequest request);

    /** A running answer: its tokens, read once, by one thread. Closing it ends it. */
    interface Answer extends AutoCloseable {
        /** Blocks in {@code hasNext} until a token comes or the answer ends. */
        Iterator<GeneratedToken> tokens();

        /** Ends the answer within one step; for any thread. */
        void cancel();

        /** Why it ended; only once its tokens are at their end. */
        FinishReason finishReason();

        GenerationUsage usage();

        /**
         * If asked for, one entry for each prompt id, the first of them empty; there once the first
         * token is, or the end.
         */
        List<Optional<TokenLogprobs>> promptLogprobs();

        @Override
        void close();
    }
}
