package dev.altiplano.planner.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.planner.problem.PlannerException;
import java.util.Currency;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MoneyTest {
    @Test
    void aTokenAndACompanyAreBothExact() {
        Money token = Money.usd("0.00000005");

        assertThat(token.times(1e9)).isEqualTo(Money.usd("50"));
        assertThat(Money.usd("164501000000").plus(token).minus(Money.usd("164501000000")))
                .isEqualTo(token);
    }

    @Test
    void aDecimalFactorMeansItself() {
        // 0.078 as a double is a little more; the bill must not be.
        assertThat(Money.usd("1590000000").times(0.078)).isEqualTo(Money.usd("124020000"));
    }

    @Test
    void equalAmountsAreEqualHoweverWritten() {
        assertThat(Money.usd("1.50"))
                .isEqualTo(Money.usd("1.5"))
                .hasSameHashCodeAs(Money.usd("1.5"));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void plusAndMinusUndoEachOther(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Money a = Money.ofUsd(random.nextDouble(-1e12, 1e12));
        Money b = Money.ofUsd(random.nextDouble(-1e3, 1e3));

        assertThat(a.plus(b).minus(b)).isEqualTo(a);
        assertThat(a.plus(b)).isEqualTo(b.plus(a));
    }

    @Test
    void currenciesDoNotMix() {
        Money euros = new Money(Money.usd("1").amount(), Currency.getInstance("EUR"));

        assertThatThrownBy(() -> Money.usd("1").plus(euros))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("USD", "EUR");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e18, -1e18})
    void refusesWhatIsNoAmount(double amount) {
        assertThatThrownBy(() -> Money.ofUsd(amount))
                .isInstanceOf(PlannerException.class)
                .hasMessageStartingWith("E401");
    }

    @Test
    void isWrittenAsPeopleReadIt() {
        assertThat(Money.usd("97493544.4")).hasToString("97,493,544 USD");
        assertThat(Money.usd("12.292")).hasToString("12.29 USD");
        assertThat(Money.usd("0.00000005")).hasToString("0.000000050 USD");
        assertThat(Money.usd("-0.5")).hasToString("-0.5000 USD");
    }
}
