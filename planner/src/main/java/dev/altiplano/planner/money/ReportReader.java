package dev.altiplano.planner.money;

import static dev.altiplano.planner.schema.Shape.number;

import dev.altiplano.planner.file.Value;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.schema.Key;
import dev.altiplano.planner.schema.QuantityBlock.Origin;
import dev.altiplano.planner.schema.QuantityBlock.SingleValue;
import dev.altiplano.planner.schema.Section;
import dev.altiplano.planner.schema.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Reads one entry of {@code financials.yaml}. */
final class ReportReader {
    private static final Shape.Numeric MONEY = number("MUSD", 0, 1e8);
    private static final Shape.Numeric PEOPLE = number("", 1, 1e10);

    private static final Shape.Block ENTRY =
            Shape.block(
                    Key.required("company", new Shape.Text(50), "who reports"),
                    Key.required("period", periods(), "what time it covers"),
                    Key.required(
                            "grade",
                            Shape.words("measured", "stated", "derived", "fitted", "assumed"),
                            "grade"),
                    Key.required("source", new Shape.Text(50), "short name of the source"),
                    Key.required("date", new Shape.Text(20), "when it was reported"),
                    Key.required("revenue", MONEY, "revenue"),
                    Key.optional("costs", MONEY, "costs and expenses"),
                    Key.optional("capex", MONEY, "capital expenditure with finance leases"),
                    Key.optional("advertising", MONEY, "revenue from adverts"),
                    Key.optional("family_of_apps", MONEY, "revenue of the family of apps"),
                    Key.optional("opening_people", PEOPLE, "daily people at the opening"),
                    Key.optional("closing_people", PEOPLE, "daily people at the closing"));

    /** The whole file. */
    static final Shape TABLE = new Shape.TableOf(ENTRY, 10_000);

    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2100;

    private final Section section;

    private ReportReader(Section section) {
        this.section = section;
    }

    private static Shape.Words periods() {
        var words = new ArrayList<String>();
        for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
            for (String part : new String[] {"Q1", "Q2", "Q3", "Q4", "9M", "FY"}) {
                words.add(part + " " + year);
            }
        }
        return new Shape.Words(words);
    }

    static Report<?> read(Value.Mapping entry) {
        Origin origin =
                new Origin(
                        Grade.valueOf(text(entry, "grade").toUpperCase(Locale.ROOT)),
                        text(entry, "source"),
                        text(entry, "date"));
        Section.Context context =
                new Section.Context(place -> origin, SingleValue.ROUNDED, new ArrayList<>());
        ReportReader reader = new ReportReader(new Section(entry, ENTRY, context));
        String[] period = text(entry, "period").split(" ", -1);
        int year = Integer.parseInt(period[1]);
        return switch (period[0]) {
            case "9M" -> reader.report(new Period.NineMonths(year));
            case "FY" -> reader.report(new Period.FullYear(year));
            default -> reader.report(new Period.Quarter(year, period[0].charAt(1) - '0'));
        };
    }

    private static String text(Value.Mapping entry, String key) {
        return ((Value.Scalar) Objects.requireNonNull(entry.entries().get(key))).text();
    }

    private <P extends Period<P>> Report<P> report(P period) {
        IncomeStatement<P> statement =
                new IncomeStatement<>(
                        section.text("company"),
                        period,
                        figure("revenue", period).orElseThrow(),
                        figure("costs", period),
                        figure("capex", period),
                        figure("advertising", period));
        Optional<RevenuePerPerson<P>> perPerson =
                figure("family_of_apps", period)
                        .filter(figure -> section.has("opening_people"))
                        .map(
                                figure ->
                                        new RevenuePerPerson<>(
                                                figure,
                                                section.number("opening_people"),
                                                section.number("closing_people")));
        return new Report<>(statement, perPerson);
    }

    private <P extends Period<P>> Optional<Figure<P>> figure(String key, P period) {
        return section.optionalQuantity(key)
                .map(
                        value ->
                                new Figure<>(
                                        key,
                                        period,
                                        exact(value),
                                        value.grade(),
                                        value.source(),
                                        value.date()));
    }

    /** The written millions, not their binary neighbour. */
    private static Money exact(Quantity millions) {
        return new Money(BigDecimal.valueOf(millions.likely()).movePointRight(6), Money.USD);
    }
}
