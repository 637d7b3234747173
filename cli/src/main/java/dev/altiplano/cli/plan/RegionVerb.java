package dev.altiplano.cli.plan;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.RunGrid;
import dev.altiplano.planner.catalog.Region;
import dev.altiplano.planner.money.CapitalCost;
import dev.altiplano.planner.money.Money;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Amount;
import dev.altiplano.planner.quantity.Boundary;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.ItPower;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.site.GridRegion;
import dev.altiplano.planner.site.RegionComparison;
import dev.altiplano.planner.site.RegionYear;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plan region}: price against carbon, place by place. */
@Command(
        name = "region",
        mixinStandardHelpOptions = true,
        description = {
            "The plan's run in every region whose price and carbon are known.",
            "Or a constant load for a year with --load; which regions no other beats in both."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan region plan.yaml",
            "  altiplano plan region --load \"150 MW it\"",
        })
final class RegionVerb extends PlanFileVerb {
    @Option(
            names = "--load",
            paramLabel = "POWER",
            description = "A constant load for a year, with its boundary: it or facility.")
    private @Nullable String load;

    @Override
    Answer answer() {
        return load == null ? ofRun(plan()) : ofYear(load);
    }

    private Answer ofRun(Plan plan) {
        double hours = plan.failures().trainingDays().value().in(Unit.of("h")).likely();
        FacilityPower mean = new FacilityPower(1_000 * plan.power().kilowattHours() / hours);
        Answer answer = about(plan, "The run in every region");
        RunGrid grid = RunGrid.of(plan.input(), plan.failures());
        series(answer, grid);
        List<GridRegion> places = new ArrayList<>(GridRegion.places(catalog()));
        own(plan, grid).ifPresent(places::add);
        return compare(answer, places, mean, hours);
    }

    /** The plan's own place, where the catalogue does not have it or the plan knows its hours. */
    private static Optional<GridRegion> own(Plan plan, RunGrid grid) {
        Region region = plan.input().site().region();
        Optional<GridRegion> byTheHour =
                grid.series()
                        .map(
                                series ->
                                        new GridRegion(
                                                region.name() + ", hourly",
                                                region.title() + ", " + series.file(),
                                                Money.ofUsd(grid.tariff().in(USD_PER_KWH).likely()),
                                                grid.carbon().in(KG_PER_KWH).likely()));
        boolean isOwn = region.name().equals(Region.OWN);
        return byTheHour.or(() -> isOwn ? GridRegion.of(region) : Optional.empty());
    }

    private Answer ofYear(String text) {
        double pue =
                hasPlan()
                        ? input().site().pue().likely()
                        : catalog().figure("pue-meta").value().likely();
        Answer answer = new Answer("A year of " + text + " in every region");
        answer.figure("pue", "PUE", pue, "", Grade.STATED);
        return compare(
                answer,
                GridRegion.places(catalog()),
                facility(text, pue),
                CapitalCost.HOURS_PER_YEAR);
    }

    private static FacilityPower facility(String text, double pue) {
        int space = text.strip().lastIndexOf(' ');
        String boundary = text.strip().substring(space + 1).toUpperCase(Locale.ROOT);
        if (space < 0 || !(boundary.equals(IT) || boundary.equals(FACILITY))) {
            throw new PlannerException(
                    Problem.of(ErrorCode.E201, "--load: power '" + text + "' has no boundary")
                            .allowing("it or facility, as in \"150 MW it\""));
        }
        Amount amount = Amount.parse(text.strip().substring(0, space));
        if (!amount.unit().measuresSameAs(WATT)) {
            throw new PlannerException(ErrorCode.E006, "--load: '" + text + "' is no power");
        }
        double watts = amount.unit().toBase(amount.value());
        if (!(watts >= 0 && watts <= 1e12)) {
            throw new PlannerException(ErrorCode.E401, "--load: " + text + " is outside 0 to 1 TW");
        }
        return boundary.equals(IT) ? new ItPower(watts).atPue(pue) : new FacilityPower(watts);
    }

    private static final Unit WATT = Unit.of("W");
    private static final Unit USD_PER_KWH = Unit.of("USD/kWh");
    private static final Unit KG_PER_KWH = Unit.of("kg/kWh");
    private static final String IT = Boundary.IT.name();
    private static final String FACILITY = Boundary.FACILITY.name();

    private static Answer compare(
            Answer answer, List<GridRegion> places, FacilityPower load, double hours) {
        RegionComparison all = RegionComparison.of(places, load, hours);
        answer.figure("facility", "mean load at the meter", load.megawatts(), "MW", Grade.DERIVED)
                .figure("hours", "time", hours, "h", Grade.DERIVED)
                .figure(
                        "energy",
                        "energy at the meter",
                        load.megawatts() * hours / 1_000,
                        "GWh",
                        Grade.DERIVED);
        Grid grid =
                answer.grid("regions", "Cheapest first")
                        .text("name", "region")
                        .text("title", "place")
                        .number("cents_per_kwh", "c/kWh")
                        .number("kg_per_kwh", "kg/kWh")
                        .number("cost_musd", "US$ m")
                        .number("carbon_kt", "kt CO2")
                        .text("on_front", "no other beats it");
        for (RegionYear year : all.regions()) {
            grid.row(
                    year.region().name(),
                    year.region().title(),
                    100 * year.region().pricePerKwh().toDouble(),
                    year.region().kgPerKwh(),
                    year.cost().toDouble() / 1e6,
                    year.carbon().tonnes() / 1_000,
                    year.onFront());
            answer.explain(year.terms());
        }
        return answer.note(
                "Price and carbon do not agree, so the choice is a front. States are mapped to"
                        + " grid regions approximately; energy alone, without a demand charge.");
    }
}
