package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.notNegative;

import dev.altiplano.planner.explain.Term;
import java.util.List;

/**
 * Water that cooling evaporates on the site.
 *
 * @param itEnergyKwh energy of the computing equipment
 * @param litresPerKwh water usage effectiveness (WUE)
 */
public record Water(double itEnergyKwh, double litresPerKwh) {
    public Water {
        notNegative("itEnergyKwh", itEnergyKwh);
        notNegative("litresPerKwh", litresPerKwh);
    }

    public double litres() {
        return itEnergyKwh * litresPerKwh;
    }

    public List<Term> terms() {
        return List.of(
                Term.of(
                        "water",
                        litres(),
                        "L",
                        "IT energy x WUE",
                        "{} x {}",
                        itEnergyKwh,
                        litresPerKwh));
    }
}
