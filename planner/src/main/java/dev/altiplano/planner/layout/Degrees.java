package dev.altiplano.planner.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The degrees that the numbers of a model and a cluster allow. */
final class Degrees {
    private Degrees() {}

    static List<Integer> divisors(long number) {
        TreeSet<Integer> found = new TreeSet<>();
        for (long d = 1; d * d <= number; d++) {
            if (number % d == 0) {
                found.add((int) d);
                if (number / d <= Integer.MAX_VALUE) {
                    found.add((int) (number / d));
                }
            }
        }
        return List.copyOf(found);
    }

    /**
     * Tensor parallel: divides the heads, stays in the link domain, divides or repeats KV heads.
     */
    static List<Integer> tensor(int heads, int kvHeads, int linkDomain) {
        return divisors(heads).stream()
                .filter(t -> t <= linkDomain && (kvHeads % t == 0 || t % kvHeads == 0))
                .toList();
    }

    /** Pipeline: powers of two, and divisors of L, L+1 and L+2 (vocabulary as a layer or two). */
    static List<Integer> pipeline(int layers, long gpus) {
        TreeSet<Integer> found = new TreeSet<>();
        for (int extra = 0; extra <= 2; extra++) {
            found.addAll(divisors(layers + extra));
        }
        for (int p = 1; p <= layers; p *= 2) {
            found.add(p);
        }
        return found.stream().filter(p -> p <= layers && p <= gpus).toList();
    }

    /** Context parallel: powers of two that cut the sequence into twice as many equal pieces. */
    static List<Integer> context(long sequenceTokens, int most) {
        List<Integer> found = new ArrayList<>();
        found.add(1);
        for (int c = 2; c <= most && sequenceTokens % (2L * c) == 0; c *= 2) {
            found.add(c);
        }
        return found;
    }

    /**
     * Data parallel, from most ranks to fewest. A fixed batch asks for divisors; a range for the
     * most that fit, rounded down to rounder numbers.
     */
    static List<Integer> data(BatchRange batch, int micro, long most) {
        TreeSet<Integer> found = new TreeSet<>();
        if (batch.isFixed()) {
            if (batch.maxSequences() % micro == 0) {
                found.addAll(divisors(batch.maxSequences() / micro));
            }
        } else {
            for (long step = 1; step <= most; step *= 2) {
                found.add((int) (most / step * step));
            }
            found.removeIf(d -> d * Shortlist.SLOWEST < most);
        }
        return found.descendingSet().stream().filter(d -> d <= most).toList();
    }

    /**
     * Micro-batches of a step; with a range the most, as it is and in whole turns of a pipeline.
     */
    static List<Long> microBatches(BatchRange batch, int dp, int micro, int pp) {
        long most = batch.maxSequences() / ((long) dp * micro);
        long whole = most / pp * pp;
        long least = Math.ceilDiv(batch.minSequences(), (long) dp * micro);
        if (most < 1 || most < least) {
            return List.of();
        }
        return whole < most && whole >= Math.max(1, least) ? List.of(most, whole) : List.of(most);
    }

    /** Sharding groups: all ranks; those of a pod; a few nodes. Less than all is HSDP. */
    static List<Integer> shardGroups(int replicas, double perPod) {
        List<Integer> divisors = divisors(replicas);
        TreeSet<Integer> found = new TreeSet<>();
        found.add(replicas);
        found.add(largestUpTo(divisors, perPod));
        found.add(largestUpTo(divisors, 32));
        return List.copyOf(found.descendingSet());
    }

    private static int largestUpTo(List<Integer> ascending, double most) {
        int found = 1;
        for (int value : ascending) {
            if (value <= most) {
                found = value;
            }
        }
        return found;
    }
}
