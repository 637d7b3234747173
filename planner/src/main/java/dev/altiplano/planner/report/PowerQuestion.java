package dev.altiplano.planner.report;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.site.PowerReading;
import java.util.Optional;

/**
 * Can so many H100 run on so much power?
 *
 * @param gpus accelerators, 1 to 10 million
 * @param capWatts at the meter, 1 kW to 100 GW
 * @param pue of the site, 1 to 3
 * @param reading what "their power" is taken to mean
 */
public record PowerQuestion(long gpus, double capWatts, double pue, PowerReading reading) {
    /** The press's question of 2024. */
    public static final PowerQuestion OF_THE_PRESS =
            new PowerQuestion(100_000, 150e6, 1.08, PowerReading.TYPICAL);

    public PowerQuestion {
        require(PowerRange.GPUS, (double) gpus);
        require(PowerRange.CAP, capWatts / 1e6);
        require(PowerRange.PUE, pue);
    }

    /** At a site without a limit worth the name. */
    PowerQuestion withoutCap() {
        return new PowerQuestion(gpus, PowerRange.CAP.high() * 1e6, pue, reading);
    }

    /** What the form may not hold, in the reader's words; NaN stands for an empty field. */
    public static Optional<String> problem(
            Language language, double gpus, double capMegawatts, double pue) {
        Texts texts = Texts.of(language);
        return PowerRange.GPUS
                .problem(texts, gpus)
                .or(() -> PowerRange.CAP.problem(texts, capMegawatts))
                .or(() -> PowerRange.PUE.problem(texts, pue));
    }

    private static void require(PowerRange range, double value) {
        if (!range.holds(value)) {
            throw new PlannerException(
                    Problem.of(ErrorCode.E401, range.key() + " " + Numbers.text(value))
                            .allowing(range.allowed()));
        }
    }
}
