package dev.altiplano.planner.money;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;

/**
 * An exact amount in whole nanos (1e-9) of a currency, nominal. A token may cost 50 nano-dollars
 * and a company may earn 164.5 billion dollars a year; a {@code long} of nanos would end at 9.2
 * billion, so the amount is a decimal with nine places. Amounts of 1e18 and more are refused with
 * E401.
 *
 * @param amount always with nine decimal places, so that equal amounts are equal records
 */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {
    public static final Currency USD = Currency.getInstance("USD");

    private static final int PLACES = 9;
    private static final BigDecimal LIMIT = new BigDecimal("1e18");

    /** Refuses fractions of a nano: round with {@link #ofRounded} where they can occur. */
    public Money {
        if (amount.abs().compareTo(LIMIT) >= 0) {
            throw new PlannerException(
                    ErrorCode.E401, "amount %s %s overflows".formatted(amount, currency));
        }
        amount = amount.setScale(PLACES, RoundingMode.UNNECESSARY);
    }

    /** Such as {@code usd("0.0687")}. */
    public static Money usd(String amount) {
        return new Money(new BigDecimal(amount), USD);
    }

    /** The result of a closed form in US dollars, to the nearest nano. */
    public static Money ofUsd(double amount) {
        return ofRounded(amount, USD);
    }

    /** To the nearest nano, half to even. */
    public static Money ofRounded(double amount, Currency currency) {
        if (!Double.isFinite(amount)) {
            throw new PlannerException(
                    ErrorCode.E401, "amount %s %s is not finite".formatted(amount, currency));
        }
        return rounded(new BigDecimal(amount), currency);
    }

    public static Money zero(Currency currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    private static Money rounded(BigDecimal amount, Currency currency) {
        return new Money(amount.setScale(PLACES, RoundingMode.HALF_EVEN), currency);
    }

    public Money plus(Money other) {
        return new Money(amount.add(sameCurrency(other).amount), currency);
    }

    public Money minus(Money other) {
        return new Money(amount.subtract(sameCurrency(other).amount), currency);
    }

    /** To the nearest nano, half to even. */
    public Money times(double factor) {
        return factor == 1 ? this : rounded(amount.multiply(exact(factor)), currency);
    }

    /** To the nearest nano, half to even; {@code divisor} is not 0. */
    public Money dividedBy(double divisor) {
        return rounded(amount.divide(exact(divisor), PLACES, RoundingMode.HALF_EVEN), currency);
    }

    /** How many times {@code other} this is. */
    public double over(Money other) {
        return amount.doubleValue() / sameCurrency(other).amount.doubleValue();
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    /** For charts, ratios and closed forms; no longer exact. */
    public double toDouble() {
        return amount.doubleValue();
    }

    private static BigDecimal exact(double factor) {
        if (!Double.isFinite(factor)) {
            throw new PlannerException(ErrorCode.E401, "factor " + factor + " is not finite");
        }
        // The shortest decimal that is this double: 0.078 means 0.078.
        return BigDecimal.valueOf(factor);
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "%s and %s do not add up without a rate".formatted(currency, other.currency));
        }
        return other;
    }

    @Override
    public int compareTo(Money other) {
        return amount.compareTo(sameCurrency(other).amount);
    }

    /** Such as {@code 97,493,544 USD}; cents below a thousand, four digits below one. */
    @Override
    public String toString() {
        double size = amount.abs().doubleValue();
        int places = size >= 1_000 ? 0 : 2;
        if (size > 0 && size < 1) {
            places = Math.min(PLACES, 3 - (int) Math.floor(Math.log10(size)));
        }
        return String.format(Locale.ROOT, "%,." + places + "f %s", amount, currency);
    }
}
