package dev.altiplano.engine.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Chooses the next token of one sequence. The stages act in the order of llama.cpp's default chain
 * ({@code common_params_sampling} and {@code common_sampler_init}): logit bias; repetition,
 * presence and frequency penalties; DRY; top-k; typical-p; top-p; min-p; temperature; then the
 * draw. So the filters look at the distribution before the temperature. At temperature 0 the
 * filters change nothing, and the most likely token is taken.
 *
 * <p>The draw depends on the seed and the position alone ({@link CounterRandom}). Owned by the step
 * thread.
 */
public final class TokenSampler {
    private final List<SamplingStage> stages = new ArrayList<>();
    private final boolean greedy;
    private final long seed;

    /**
     * @param seed used whatever {@code options} say
     * @param text what an id adds to the text, for sequence breakers
     */
    public TokenSampler(SamplingOptions options, long seed, IntFunction<String> text) {
        this.seed = seed;
        this.greedy = options.temperature() == 0;
        addWhen(!options.logitBias().isEmpty(), new LogitBias(options.logitBias()));
        addWhen(options.penalties().isOn(), new Penalties(options.penalties()));
        addWhen(options.dry().isOn(), new Dry(options.dry(), text));
        if (!greedy) {
            addWhen(options.topK() > 0, new TopK(options.topK()));
            addWhen(options.typicalP() < 1, new TypicalP(options.typicalP()));
            addWhen(options.topP() < 1, new TopP(options.topP()));
            addWhen(options.minP() > 0, new MinP(options.minP()));
            addWhen(options.temperature() != 1, new Temperature(options.temperature()));
        }
    }

    private void addWhen(boolean wanted, SamplingStage stage) {
        if (wanted) {
            stages.add(stage);
        }
    }

    /**
     * The id that follows {@code history}. Uses up {@code candidates}: load them again for the
     * next. Throws {@link SamplingException} if every token is forbidden.
     */
    public int sample(Candidates candidates, TokenHistory history) {
        for (SamplingStage stage : stages) {
            stage.apply(candidates, history);
        }
        int best = candidates.best();
        if (candidates.logit(best) == Float.NEGATIVE_INFINITY) {
            throw new SamplingException(
                    "sampling: expected a token to choose from, found every one forbidden. Forbid"
                            + " fewer in the logit bias.");
        }
        return candidates.id(greedy ? best : draw(candidates, history.size()));
    }

    private int draw(Candidates candidates, int position) {
        double sum = candidates.weigh();
        double left = CounterRandom.uniform(seed, position) * sum;
        int drawn = 0;
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.weight(i) > 0) {
                drawn = i;
                left -= candidates.weight(i);
                if (left < 0) {
                    break;
                }
            }
        }
        return drawn;
    }
}
