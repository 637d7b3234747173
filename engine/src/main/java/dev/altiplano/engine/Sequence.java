package dev.altiplano.engine;

import dev.altiplano.engine.StepModel.KvPlace;
import dev.altiplano.engine.sampling.Candidates;
import dev.altiplano.engine.sampling.LogprobReader;
import dev.altiplano.engine.sampling.TokenHistory;
import dev.altiplano.engine.sampling.TokenLogprobs;
import dev.altiplano.engine.sampling.TokenSampler;
import dev.altiplano.model.llama.Batch.LogitsFor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A generation while it runs: its ids, its place in the KV cache, how it samples and when it stops.
 * Owned by the step thread.
 *
 * <p>Every position is computed once, in order: prompt and answer differ only in who chose the ids.
 */
final class Sequence {
    private final GenerationRequest request;
    private final Generation generation;
    private final KvPlace place;
    private final int contextTokens;
    private final int reservedBlocks;
    private final Set<Integer> modelStopIds;
    private final TokenHistory history;
    private final TokenSampler sampler;
    private final TextStream text;
    private final List<Optional<TokenLogprobs>> promptLogprobs = new ArrayList<>();
    private int computed;
    private long pausedSinceNanos;
    private boolean paused;

    /** Opens a place in the KV cache, or throws and holds nothing. */
    Sequence(Submission submission, EngineModel model, int reservedBlocks) {
        this.request = submission.request();
        this.generation = submission.generation();
        this.reservedBlocks = reservedBlocks;
        this.contextTokens = model.contextTokens();
        this.modelStopIds = model.stopIds();
        this.history = new TokenHistory(request.promptIds());
        this.sampler = new TokenSampler(request.sampling(), generation.seed(), model::textOf);
        this.text = new TextStream(model.tokenizer(), request.stopStrings(), generation::publish);
        if (request.promptLogprobs()) {
            promptLogprobs.add(Optional.empty());
        }
        this.place = model.stepModel().openPlace(); // last: what throws before holds no blocks
    }

    Generation generation() {
        return generation;
    }

    KvPlace place() {
        return place;
    }

    int reservedBlocks() {
        return reservedBlocks;
    }

    /** The ids; those from {@link #computed} on are not in the KV cache yet. */
    TokenHistory history() {
        return history;
    }

    int computed() {
        return computed;
    }

    /** Tokens that have to be computed before the next one can be chosen. */
    int uncomputed() {
        return history.size() - computed;
    }

    boolean isPrefilling() {
        return computed < request.promptIds().length;
    }

    /** Whether a run of this sequence gives logits for all its positions. */
    boolean wantsAllLogits() {
        return request.promptLogprobs() && isPrefilling();
    }

    StepPlan.Run run(int tokens) {
        LogitsFor logits =
                wantsAllLogits()
                        ? LogitsFor.ALL
                        : tokens == uncomputed() ? LogitsFor.LAST : LogitsFor.NONE;
        return new StepPlan.Run(this, tokens, logits);
    }

    /** Since when the reader has been too far behind, or empty if it is not. */
    OptionalLong pausedSince(long nowNanos) {
        boolean wasPaused = paused;
        paused = !isPrefilling() && generation.isPaused();
        if (paused && !wasPaused) {
            pausedSinceNanos = nowNanos;
        }
        return paused ? OptionalLong.of(pausedSinceNanos) : OptionalLong.empty();
    }

    /**
     * Books {@code tokens} computed tokens and chooses the next one if all are computed.
     *
     * @param logits the rows of this run, from {@code offset} on
     */
    void advance(
            int tokens, float[] logits, int offset, Candidates candidates, LogprobReader logprobs) {
        int row = offset;
        if (wantsAllLogits()) {
            readPromptLogprobs(tokens, logits, offset, logprobs);
            row += (tokens - 1) * candidates.vocabSize();
        }
        boolean promptEnds = isPrefilling() && tokens == uncomputed();
        computed += tokens;
        if (promptEnds) {
            generation.putPromptLogprobs(promptLogprobs);
            generation.clock().prefilled();
            endIfFull();
        }
        if (uncomputed() == 0 && !generation.isFinished()) {
            chooseNext(logits, row, candidates, logprobs);
        }
    }

    private void readPromptLogprobs(
            int tokens, float[] logits, int offset, LogprobReader logprobs) {
        for (int i = 0; i < tokens; i++) {
            int next = computed + i + 1;
            if (next < history.size()) {
                int row = offset + i * logprobs.vocabSize();
                promptLogprobs.add(
                        Optional.of(logprobs.read(logits, row, history.id(next), alternatives())));
            }
        }
    }

    private void chooseNext(
            float[] logits, int row, Candidates candidates, LogprobReader logprobs) {
        candidates.load(logits, row);
        forbidStops(candidates);
        int id = sampler.sample(candidates, history);
        history.append(id);
        generation.tokenCame(generated());
        accept(
                id,
                request.topLogprobs() == GenerationRequest.NO_LOGPROBS
                        ? Optional.empty()
                        : Optional.of(logprobs.read(logits, row, id, alternatives())));
    }

    private int alternatives() {
        return Math.max(0, request.topLogprobs());
    }

    private void forbidStops(Candidates candidates) {
        boolean tooEarly = generated() < request.minTokens();
        if (tooEarly || request.ignoresEos()) {
            modelStopIds.forEach(candidates::forbid);
        }
        if (tooEarly) {
            request.stopIds().forEach(candidates::forbid);
        }
    }

    private void accept(int id, Optional<TokenLogprobs> logprobs) {
        if (modelStopIds.contains(id) || request.stopIds().contains(id)) {
            text.appendSilent(id, logprobs);
            generation.end(FinishReason.STOP, null);
            return;
        }
        Optional<String> stop = text.append(id, logprobs, generated() >= request.minTokens());
        if (stop.isPresent()) {
            generation.putStopString(stop.get());
            generation.end(FinishReason.STOP, null);
        } else {
            endIfFull();
        }
    }

    private void endIfFull() {
        if (generated() >= request.maxTokens()) {
            text.finish();
            generation.end(FinishReason.LENGTH, null);
        } else if (history.size() >= contextTokens) {
            text.finish();
            generation.end(FinishReason.CONTEXT_FULL, null);
        }
    }

    private int generated() {
        return history.size() - request.promptIds().length;
    }
}
