package dev.altiplano.server;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.engine.Engine;
import dev.altiplano.engine.EngineStats;
import dev.altiplano.engine.FinishReason;
import dev.altiplano.engine.GeneratedToken;
import dev.altiplano.engine.Generation;
import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.engine.GenerationUsage;
import dev.altiplano.engine.sampling.TokenLogprobs;
import dev.altiplano.model.chat.ChatFormat;
import dev.altiplano.model.chat.ChatFormats;
import dev.altiplano.model.token.Tokenizer;
import dev.altiplano.server.api.ServedModel;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The engine of this process, as the API sees it. Closing it stays with whoever opened it. */
final class EngineServedModel implements ServedModel {
    private final Engine engine;
    private final String name;
    private final Tokenizer tokenizer;
    private final Optional<ChatFormat> chatFormat;

    /**
     * @throws ServerException if the model has no tokenizer: the API takes and gives text
     */
    EngineServedModel(Engine engine, Optional<String> name) {
        this.engine = engine;
        this.name = name.orElseGet(() -> engine.model().name());
        this.tokenizer = engine.tokenizer().orElseThrow(() -> noTokenizer(engine));
        this.chatFormat =
                ChatFormats.forModel(engine.model().file(), Clock.system(ZoneId.systemDefault()));
    }

    private static ServerException noTokenizer(Engine engine) {
        return new ServerException(
                "%s: expected a tokenizer, found none. Put tokenizer.json beside the model, or use a GGUF file that has one."
                        .formatted(engine.model().file().path()),
                Optional.empty());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public Optional<ChatFormat> chatFormat() {
        return chatFormat;
    }

    @Override
    public int contextTokens() {
        return engine.contextTokens();
    }

    @Override
    public KernelTier kernelTier() {
        return engine.kernelTier();
    }

    @Override
    public KvType kvType() {
        return engine.kvType();
    }

    @Override
    public long parameters() {
        return engine.model().parameters();
    }

    @Override
    public long sizeBytes() {
        return engine.model().sizeBytes();
    }

    @Override
    public boolean isAlive() {
        return engine.defect().isEmpty();
    }

    @Override
    public EngineStats stats() {
        return engine.stats();
    }

    @Override
    public Answer submit(GenerationRequest request) {
        return new EngineAnswer(engine.submit(request));
    }

    /** A generation by another name. */
    private record EngineAnswer(Generation generation) implements Answer {
        @Override
        public Iterator<GeneratedToken> tokens() {
            return generation.iterator();
        }

        @Override
        public void cancel() {
            generation.cancel();
        }

        @Override
        public FinishReason finishReason() {
            return generation.finishReason();
        }

        @Override
        public GenerationUsage usage() {
            return generation.usage();
        }

        @Override
        public List<Optional<TokenLogprobs>> promptLogprobs() {
            return generation.promptLogprobs();
        }

        @Override
        public void close() {
            generation.close();
        }
    }
}
