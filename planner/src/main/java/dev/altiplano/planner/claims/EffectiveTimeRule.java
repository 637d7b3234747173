package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.reliability.EffectiveTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A share of effective training time against the size of the job: which restart time it needs at
 * Llama 3's failure rate (section 9).
 */
final class EffectiveTimeRule implements Rule {
    /** Llama 3: 16,384 GPUs for 54 days, 419 unexpected stops (L3P). */
    private static final double GPU_HOURS_BETWEEN_STOPS = 16_384 * 54 * 24 / 419.0;

    private static final double STALL_SECONDS = 5;
    private static final double[] RESTART_MINUTES = {2, 5, 10, 15};

    @Override
    public Optional<Question> ask(Statement statement) {
        List<Measure> percents = statement.measures().stream().filter(Measure::isPercent).toList();
        List<Measure> gpus = statement.measures(Dimensions.GPU);
        boolean asked =
                statement.has(Meaning.EFFECTIVE)
                        && percents.size() == 1
                        && gpus.size() == 1
                        && statement.measures().size() == 2;
        return asked
                ? Optional.of(question(percents.getFirst(), gpus.getFirst().base()))
                : Optional.empty();
    }

    private static Question question(Measure claimed, double gpus) {
        double mttiSeconds = GPU_HOURS_BETWEEN_STOPS / gpus * 3_600;
        List<Candidate> candidates = new ArrayList<>();
        for (double minutes : RESTART_MINUTES) {
            candidates.add(candidate(mttiSeconds, minutes));
        }
        double free = EffectiveTime.atDalyInterval(mttiSeconds, 0, STALL_SECONDS).exact();
        double needed = claimed.base() > 0 ? mttiSeconds * Math.log(free / claimed.base()) / 60 : 0;
        double fastest = RESTART_MINUTES[0];
        double slowest = RESTART_MINUTES[RESTART_MINUTES.length - 1];
        if (needed >= fastest && needed <= slowest) {
            candidates.add(candidate(mttiSeconds, needed));
        }
        Said note =
                Said.of(
                        "it needs a restart in {} min; hot spares give {} at best",
                        Numbers.text(Math.max(0, needed)),
                        Numbers.text(fastest));
        return Question.of(claimed, candidates, note);
    }

    private static Candidate candidate(double mttiSeconds, double minutes) {
        double share =
                EffectiveTime.atDalyInterval(mttiSeconds, minutes * 60, STALL_SECONDS).exact();
        Said name =
                Said.of(
                        "restart in {} min, checkpoint stall 5 s",
                        String.format(Locale.ROOT, "%.1f", minutes));
        Said line =
                Said.of(
                        "one stop in {} min, restart {} min, exact form with Daly's interval",
                        Numbers.text(mttiSeconds / 60),
                        Numbers.text(minutes));
        return Candidate.other(name, share, 0, line)
                .because(Said.of("one stop per 50,677 GPU-hours (measured, L3P)"));
    }
}
