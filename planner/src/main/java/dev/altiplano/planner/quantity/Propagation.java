package dev.altiplano.planner.quantity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Carries bands of inputs through a closed form: 2,000 Latin-hypercube samples of triangular
 * distributions. The first-order Sobol index of an input is the correlation of the results of two
 * sets of samples that share that input alone (pick-freeze). The seed is fixed, and every input has
 * draws of its own, so that an input more does not move the others.
 */
public final class Propagation {
    private static final int SAMPLES = 2_000;
    private static final long SEED = 0x0A17_1B1A_4001L;
    private static final int MOVERS_MAX = 3;

    /** An input that explains less than this does not decide the grade. */
    private static final double DECIDES = 0.1;

    private final List<String> names;
    private final List<Quantity> quantities;
    private final List<double[]> first = new ArrayList<>();
    private final List<double[]> second = new ArrayList<>();

    private Propagation(Map<String, Quantity> inputs) {
        names = List.copyOf(inputs.keySet());
        quantities = List.copyOf(inputs.values());
        for (String name : names) {
            Quantity quantity = quantities.get(names.indexOf(name));
            first.add(column(quantity, SEED ^ name.hashCode()));
            second.add(column(quantity, ~SEED ^ name.hashCode()));
        }
    }

    /** The result of {@code formula} in {@code unit}; the formula works in base units. */
    public static Estimate of(Map<String, Quantity> inputs, Unit unit, Formula formula) {
        return new Propagation(new LinkedHashMap<>(inputs)).estimate(unit, formula);
    }

    /** Latin hypercube: one draw in each of {@link #SAMPLES} slices, in random order. */
    private static double[] column(Quantity quantity, long seed) {
        double[] values = new double[SAMPLES];
        if (quantity.isExact()) {
            Arrays.fill(values, quantity.base());
            return values;
        }
        SplittableRandom random = new SplittableRandom(seed);
        Triangular distribution =
                Triangular.ofPoints(quantity.low(), quantity.likely(), quantity.high());
        for (int i = 0; i < SAMPLES; i++) {
            double p = (i + random.nextDouble()) / SAMPLES;
            values[i] = quantity.unit().toBase(distribution.quantile(p));
        }
        for (int i = SAMPLES - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
        return values;
    }

    private Estimate estimate(Unit unit, Formula formula) {
        double likely = formula.apply(name -> quantities.get(index(name)).base());
        double[] results = run(formula, -1);
        List<Estimate.Mover> movers = movers(formula, results);
        Arrays.sort(results);
        double low = Math.min(likely, quantile(results, 0.1));
        double high = Math.max(likely, quantile(results, 0.9));
        Quantity value =
                new Quantity(
                        unit.fromBase(low),
                        unit.fromBase(likely),
                        unit.fromBase(high),
                        unit,
                        grade(movers),
                        "computed",
                        "");
        return new Estimate(
                value,
                unit.fromBase(quantile(results, 0.5)),
                movers.stream().filter(m -> m.share() > 0).limit(MOVERS_MAX).toList());
    }

    /** Every sample; {@code kept} is the input that the second set shares, -1 for the first set. */
    private double[] run(Formula formula, int kept) {
        double[] results = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            int sample = i;
            results[i] =
                    formula.apply(
                            name -> {
                                int input = index(name);
                                boolean original = kept < 0 || input == kept;
                                return (original ? first : second).get(input)[sample];
                            });
        }
        return results;
    }

    private int index(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no input " + name + " among " + names);
        }
        return index;
    }

    private List<Estimate.Mover> movers(Formula formula, double[] results) {
        List<Estimate.Mover> movers = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            double share = quantities.get(i).isExact() ? 0 : correlation(results, run(formula, i));
            movers.add(new Estimate.Mover(names.get(i), share, quantities.get(i)));
        }
        movers.sort(Comparator.comparingDouble(Estimate.Mover::share).reversed());
        return movers;
    }

    /** Between 0 and 1; negative ones are sampling noise. */
    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElse(0);
        double meanB = Arrays.stream(b).average().orElse(0);
        double both = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.length; i++) {
            both += (a[i] - meanA) * (b[i] - meanB);
            squareA += (a[i] - meanA) * (a[i] - meanA);
            squareB += (b[i] - meanB) * (b[i] - meanB);
        }
        double scale = Math.sqrt(squareA * squareB);
        return scale > 0 ? Math.clamp(both / scale, 0, 1) : 0;
    }

    /** With nothing that moves it, a result is as good as its worst input. */
    private static Grade grade(List<Estimate.Mover> movers) {
        boolean moved = movers.stream().anyMatch(mover -> mover.share() >= DECIDES);
        return movers.stream()
                .filter(mover -> !moved || mover.share() >= DECIDES)
                .map(mover -> mover.quantity().grade())
                .reduce(Grade.MEASURED, Grade::worse);
    }

    private static double quantile(double[] sorted, double p) {
        double position = p * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
