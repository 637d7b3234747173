package dev.altiplano.engine.sampling;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * DRY: looks for earlier places where the text went as it goes now, and makes the token less likely
 * that followed there; the longer the repetition, the more. Repetitions do not reach across
 * sequence breakers, so that dialogue marks and list items may come again.
 *
 * <p>Source: p-e-w, "DRY: a modern repetition penalty" (text-generation-webui, pull request 5677).
 * There a breaker is one token; here it is text, and a token is a breaker if one ends inside it, so
 * that breakers of several tokens work as well.
 */
final class Dry implements SamplingStage {
    /** Longer repetitions weigh as much as this one: the penalty is beyond any logit by then. */
    static final int REPETITION_MAX = 50;

    private final DryOptions options;
    private final IntFunction<String> text;
    private final int breakerCharsMax;
    private final StringBuilder tail = new StringBuilder();
    private boolean[] breaks = {};
    private int looked;

    /**
     * @param text what an id adds to the text
     */
    Dry(DryOptions options, IntFunction<String> text) {
        this.options = options;
        this.text = text;
        breakerCharsMax =
                options.sequenceBreakers().stream().mapToInt(String::length).max().orElse(0);
    }

    @Override
    public void apply(Candidates candidates, TokenHistory history) {
        lookForBreakers(history);
        int last = history.size() - 1;
        if (last < 1 || breaks[last]) {
            return;
        }
        Map<Integer, Integer> repetitions = new HashMap<>();
        int first = history.startOfLast(options.lastTokens());
        for (int i = first; i < last; i++) {
            if (history.id(i) == history.id(last) && !breaks[i + 1]) {
                int length = repetitionLength(history, first, i, last);
                repetitions.merge(history.id(i + 1), length, Math::max);
            }
        }
        repetitions.forEach((id, length) -> penalise(candidates, id, length));
    }

    /** Marks the tokens that have come since the last call. */
    private void lookForBreakers(TokenHistory history) {
        if (breaks.length < history.size()) {
            breaks = Arrays.copyOf(breaks, history.ids().length);
        }
        for (; looked < history.size(); looked++) {
            int before = tail.length();
            tail.append(text.apply(history.id(looked)));
            breaks[looked] = breakerEndsAfter(before);
            tail.delete(0, Math.max(0, tail.length() - breakerCharsMax + 1));
        }
    }

    private boolean breakerEndsAfter(int length) {
        for (String breaker : options.sequenceBreakers()) {
            if (tail.indexOf(breaker, Math.max(0, length - breaker.length() + 1)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** How many tokens up to {@code earlier} are those up to {@code last}; at least 1. */
    private int repetitionLength(TokenHistory history, int first, int earlier, int last) {
        int length = 1;
        while (length < REPETITION_MAX
                && earlier - length >= first
                && history.id(earlier - length) == history.id(last - length)
                && !breaks[earlier - length]
                && !breaks[last - length]) {
            length++;
        }
        return length;
    }

    private void penalise(Candidates candidates, int id, int length) {
        if (length >= options.allowedLength()) {
            double penalty =
                    options.multiplier()
                            * Math.pow(options.base(), length - options.allowedLength());
            candidates.setLogit(id, (float) (candidates.logit(id) - penalty));
        }
    }
}
