package dev.altiplano.planner.money;

import static dev.altiplano.planner.explain.TermAssert.assertTermsHold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.file.DocumentReader;
import dev.altiplano.planner.money.Period.FullYear;
import dev.altiplano.planner.money.Period.NineMonths;
import dev.altiplano.planner.money.Period.Quarter;
import dev.altiplano.planner.problem.PlannerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatementsTest {
    private static final Statements META = Statements.builtIn();

    @Test
    void nineMonthsGrewAsReported() {
        assertGrowth(new NineMonths(2024), "revenue", 0.225);
        assertGrowth(new NineMonths(2024), "costs", 0.088);
    }

    @Test
    void theYearGrewAsReported() {
        assertGrowth(new FullYear(2024), "revenue", 0.219);
        assertGrowth(new FullYear(2024), "costs", 0.079);
        assertGrowth(new FullYear(2024), "capex", 0.396);
    }

    @ParameterizedTest(name = "Q{0}")
    @CsvSource({"1, 27, 6", "2, 22, 7", "3, 19, 14", "4, 21, 5"})
    void quartersGrewAsPrinted(int quarter, int revenuePercent, int costsPercent) {
        Quarter period = new Quarter(2024, quarter);

        assertThat(rate(period, "revenue") * 100).isCloseTo(revenuePercent, within(0.5));
        assertThat(rate(period, "costs") * 100).isCloseTo(costsPercent, within(0.5));
    }

    @Test
    void guidanceIsGrowthToo() {
        assertThat(Growth.rate(40_000, 28_100)).isCloseTo(0.423, within(0.001));
    }

    @Test
    void aQuarterBringsTwelveDollarsAPerson() {
        RevenuePerPerson<Quarter> perPerson =
                META.of("Meta", new Quarter(2024, 3)).perPerson().orElseThrow();

        assertThat(perPerson.money().toDouble()).isCloseTo(12.292, within(0.0005));
        assertTermsHold(perPerson.terms());
    }

    @Test
    void advertsAreNearlyAllOfTheRevenue() {
        IncomeStatement<Quarter> statement = META.of("Meta", new Quarter(2024, 3)).statement();

        assertThat(statement.advertisingShare().orElseThrow()).isCloseTo(0.983, within(0.001));
        assertThat(statement.operatingMargin().orElseThrow()).isCloseTo(0.4275, within(0.001));
    }

    @Test
    void quartersAddUpToTheYear() {
        Money sum = Money.zero(Money.USD);
        for (int quarter = 1; quarter <= 4; quarter++) {
            sum =
                    sum.plus(
                            META.of("Meta", new Quarter(2024, quarter))
                                    .statement()
                                    .revenue()
                                    .money());
        }
        Money year = META.of("Meta", new FullYear(2024)).statement().revenue().money();

        assertThat(sum.minus(year).toDouble() / 1e6).isBetween(-1.0, 1.0);
    }

    @Test
    void everyFigureHasASourceAndADate() {
        assertThat(META.all())
                .allSatisfy(
                        report -> {
                            assertThat(report.statement().revenue().source()).isNotBlank();
                            assertThat(report.statement().revenue().date()).isNotBlank();
                        });
    }

    @Test
    void namesWhatIsThereForAPeriodThatIsNot() {
        assertThatThrownBy(() -> META.of("Meta", new FullYear(2014)))
                .isInstanceOf(PlannerException.class)
                .hasMessageStartingWith("E304 no statement of Meta FY 2014; did you mean");
    }

    @Test
    void refusesAPeriodOfNoKnownLength() {
        String file =
                "x: {company: X, period: H1 2024, grade: stated, source: S, date: 2024,"
                        + " revenue: 1 MUSD}";

        assertThatThrownBy(() -> Statements.read(DocumentReader.read("own.yaml", file)))
                .isInstanceOf(PlannerException.class)
                .hasMessageContainingAll("E005", "H1 2024", "own.yaml line 1", "x.period");
    }

    @Test
    void growthNeedsTheSamePartOfTheYearBefore() {
        Figure<FullYear> now = META.of("Meta", new FullYear(2024)).statement().revenue();

        assertThatThrownBy(() -> new Growth<>(now, now))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("growth of FY 2024 needs FY 2023, found FY 2024");
    }

    private static <P extends Period<P>> void assertGrowth(P period, String line, double expected) {
        assertThat(rate(period, line)).isCloseTo(expected, within(0.001));
        META.growth("Meta", period).forEach(growth -> assertTermsHold(growth.terms()));
    }

    private static <P extends Period<P>> double rate(P period, String line) {
        return META.growth("Meta", period).stream()
                .filter(growth -> growth.latest().what().equals(line))
                .findFirst()
                .orElseThrow()
                .rate();
    }
}
