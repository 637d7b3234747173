package dev.altiplano.engine.sampling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * The chain of stages written as its definitions read, with lists and full sorts: the judge of
 * {@link TokenSampler}.
 */
final class ReferenceSampler {
    /** A token that may come next. */
    record Choice(int id, float logit) {}

    private final SamplingOptions options;

    ReferenceSampler(SamplingOptions options) {
        this.options = options;
    }

    /** The probability of each id, 0 for those that were dropped. */
    double[] distribution(float[] logits, int[] history) {
        List<Choice> choices = new ArrayList<>();
        for (int id = 0; id < logits.length; id++) {
            float bias = options.logitBias().getOrDefault(id, 0f);
            choices.add(new Choice(id, penalised(id, logits[id] + bias, history)));
        }
        if (options.temperature() == 0) {
            choices = sortedBy(choices, Choice::logit).subList(0, 1);
        } else {
            choices = minP(topP(typicalP(topK(choices))));
            choices.replaceAll(c -> new Choice(c.id(), c.logit() / options.temperature()));
        }
        return probabilities(choices, logits.length);
    }

    private float penalised(int id, float logit, int[] history) {
        PenaltyOptions penalties = options.penalties();
        int first = penalties.lastTokens() < 0 ? 0 : history.length - penalties.lastTokens();
        int count = 0;
        for (int i = Math.max(0, first); i < history.length; i++) {
            count += history[i] == id ? 1 : 0;
        }
        if (count == 0) {
            return logit;
        }
        float scaled = logit <= 0 ? logit * penalties.repetition() : logit / penalties.repetition();
        return scaled - count * penalties.frequency() - penalties.presence();
    }

    private List<Choice> topK(List<Choice> choices) {
        int k = options.topK() == 0 ? choices.size() : Math.min(options.topK(), choices.size());
        return new ArrayList<>(sortedBy(choices, Choice::logit).subList(0, k));
    }

    private List<Choice> typicalP(List<Choice> choices) {
        if (options.typicalP() >= 1) {
            return choices;
        }
        double[] probabilities = probabilities(choices, vocabSize(choices));
        double entropy = 0;
        for (double probability : probabilities) {
            entropy -= probability == 0 ? 0 : probability * Math.log(probability);
        }
        double expected = entropy;
        List<Choice> order =
                sortedBy(
                        choices,
                        c -> (float) -Math.abs(-Math.log(probabilities[c.id()]) - expected));
        return headOf(order, probabilities, options.typicalP());
    }

    private List<Choice> topP(List<Choice> choices) {
        if (options.topP() >= 1) {
            return choices;
        }
        return headOf(
                sortedBy(choices, Choice::logit),
                probabilities(choices, vocabSize(choices)),
                options.topP());
    }

    private static List<Choice> headOf(List<Choice> order, double[] probabilities, float p) {
        List<Choice> head = new ArrayList<>();
        double reached = 0;
        for (Choice choice : order) {
            head.add(choice);
            reached += probabilities[choice.id()];
            if (reached >= p) {
                break;
            }
        }
        return head;
    }

    private List<Choice> minP(List<Choice> choices) {
        double[] probabilities = probabilities(choices, vocabSize(choices));
        double largest = DoubleStream.of(probabilities).max().orElseThrow();
        List<Choice> kept = new ArrayList<>(choices);
        kept.removeIf(c -> probabilities[c.id()] < options.minP() * largest);
        return kept;
    }

    private static List<Choice> sortedBy(List<Choice> choices, ToDoubleFunction<Choice> key) {
        List<Choice> sorted = new ArrayList<>(choices);
        sorted.sort(Comparator.comparingDouble(key).reversed().thenComparingInt(Choice::id));
        return sorted;
    }

    private static int vocabSize(List<Choice> choices) {
        return 1 + choices.stream().mapToInt(Choice::id).max().orElseThrow();
    }

    private static double[] probabilities(List<Choice> choices, int vocabSize) {
        double largest = choices.stream().mapToDouble(Choice::logit).max().orElseThrow();
        double[] probabilities = new double[vocabSize];
        for (Choice choice : choices) {
            probabilities[choice.id()] = Math.exp(choice.logit() - largest);
        }
        double sum = DoubleStream.of(probabilities).sum();
        return DoubleStream.of(probabilities).map(p -> p / sum).toArray();
    }
}
