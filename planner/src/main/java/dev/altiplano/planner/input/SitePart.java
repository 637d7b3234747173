package dev.altiplano.planner.input;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.catalog.Region;
import dev.altiplano.planner.catalog.SiteFigures;
import dev.altiplano.planner.input.SiteInput.Curtailment;
import dev.altiplano.planner.input.SiteInput.PowerLimit;
import dev.altiplano.planner.input.SiteInput.Series;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Place;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.schema.Section;
import dev.altiplano.planner.simulation.CapPolicy;
import dev.altiplano.planner.site.GridSeriesCsv;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** Reads {@code site}. */
final class SitePart {
    private SitePart() {}

    /** {@code planFile} is where the path of a series begins. */
    static SiteInput read(Section section, Catalog catalog, String model, Path planFile) {
        Optional<Section> own = section.optionalBlock("region");
        Region region =
                own.isPresent()
                        ? Region.own(own.get())
                        : Named.of(catalog.regions(), section.text("region"));
        Optional<PowerLimit> cap = section.power("cap").map(SitePart::limit);
        List<Curtailment> windows =
                section.blocks("curtailment").stream().map(w -> curtailment(w, cap)).toList();
        return new SiteInput(
                region,
                section.optionalText("series")
                        .map(name -> series(name, section.place("series"), planFile)),
                section.quantity("pue"),
                cap,
                section.optionalNumber("ramp"),
                windows,
                section.moment("start"),
                section.choice("cap_policy", CapPolicy.class),
                SiteFigures.of(catalog),
                catalog.cardFactor(model));
    }

    private static Series series(String name, Place place, Path planFile) {
        return new Series(name, GridSeriesCsv.read(FilePaths.resolve(planFile, place, name)));
    }

    private static PowerLimit limit(Section.BoundedPower bounded) {
        return new PowerLimit(bounded.power().base(), bounded.boundary());
    }

    private static Curtailment curtailment(Section window, Optional<PowerLimit> cap) {
        LocalDateTime from = window.moment("from");
        LocalDateTime until = until(window, from);
        if (!until.isAfter(from)) {
            throw new PlannerException(
                    Problem.of(
                                    ErrorCode.E302,
                                    "curtailment window ends before it begins: %s to %s"
                                            .formatted(from, until))
                            .at(window.place()));
        }
        return new Curtailment(from, until, limit(window, cap));
    }

    private static LocalDateTime until(Section window, LocalDateTime from) {
        if (window.has("until") == window.has("hours")) {
            throw new PlannerException(
                    Problem.of(ErrorCode.E004, "a window needs one of until and hours")
                            .at(window.place()));
        }
        return window.has("until")
                ? window.moment("until")
                : from.plusSeconds(Math.round(window.number("hours")));
    }

    /** A bare power in a window means the boundary of the cap; without a cap it has none. */
    private static PowerLimit limit(Section window, Optional<PowerLimit> cap) {
        if (window.optionalText("to").isEmpty()) {
            return window.power("to").map(SitePart::limit).orElseThrow();
        }
        double watts = window.number("to");
        return cap.map(c -> new PowerLimit(watts, c.boundary()))
                .orElseThrow(
                        () ->
                                new PlannerException(
                                        Problem.of(
                                                        ErrorCode.E201,
                                                        "power %s MW has no boundary (accelerator, node, it, facility)"
                                                                .formatted(
                                                                        Numbers.text(watts / 1e6)))
                                                .at(window.place("to"))));
    }
}
