package dev.altiplano.model.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Python's numbers: whole ones without bound (up to a limit), floats, and how they mix. */
final class Numbers {
    /** Longer whole numbers are refused: {@code 9**9**9} must not eat the machine. */
    private static final int BITS_MAX = 16_384;

    /** Digits that a division needs before it is rounded to a double. */
    private static final MathContext WIDE = new MathContext(60);

    private Numbers() {}

    static boolean isNumber(Value value) {
        return value instanceof Value.Int
                || value instanceof Value.Real
                || value instanceof Value.Bool;
    }

    /** Whether the value is an int for Python, as {@code True} is. */
    static boolean isWhole(Value value) {
        return value instanceof Value.Int || value instanceof Value.Bool;
    }

    static BigInteger whole(Value value) {
        return switch (value) {
            case Value.Int number -> number.value();
            case Value.Bool bool -> bool.value() ? BigInteger.ONE : BigInteger.ZERO;
            case Value.Undefined undefined -> throw undefined.failure();
            case Value other ->
                    throw ChatTemplateException.evaluation(
                            "expected a whole number, found '%s'"
                                    .formatted(Printing.typeName(other)));
        };
    }

    static double real(Value value) {
        if (value instanceof Value.Real number) {
            return number.value();
        }
        double result = whole(value).doubleValue();
        if (Double.isInfinite(result)) {
            throw ChatTemplateException.evaluation("a whole number is too large for a float");
        }
        return result;
    }

    /** A whole number for counting and indexing; what does not fit is taken to the nearest end. */
    static int toIndex(Value value) {
        BigInteger number = whole(value);
        return number.bitLength() < 31
                ? number.intValue()
                : number.signum() < 0 ? -Integer.MAX_VALUE : Integer.MAX_VALUE;
    }

    static Value.Int checked(BigInteger number) {
        if (number.bitLength() > BITS_MAX) {
            throw ChatTemplateException.limit(
                    "a whole number has more than %d bits".formatted(BITS_MAX));
        }
        return new Value.Int(number);
    }

    /** The exact order of two numbers; a NaN is neither less, equal nor greater: gives 2. */
    static int compare(Value left, Value right) {
        if (isWhole(left) && isWhole(right)) {
            return whole(left).compareTo(whole(right));
        }
        if (left instanceof Value.Real a && right instanceof Value.Real b) {
            return compare(a.value(), b.value());
        }
        return left instanceof Value.Real a
                ? compareMixed(a.value(), whole(right))
                : negate(compareMixed(real(right), whole(left)));
    }

    private static int compare(double left, double right) {
        if (Double.isNaN(left) || Double.isNaN(right)) {
            return 2;
        }
        return left == right ? 0 : left < right ? -1 : 1;
    }

    private static int compareMixed(double left, BigInteger right) {
        if (Double.isNaN(left) || Double.isInfinite(left)) {
            return compare(left, 0);
        }
        return new BigDecimal(left).compareTo(new BigDecimal(right));
    }

    private static int negate(int order) {
        return order == 2 ? 2 : -order;
    }

    /** Whether a dictionary has one entry for both: a number and an equal number. */
    static boolean isSameKey(Value number, @Nullable Object other) {
        return other instanceof Value value && isNumber(value) && compare(number, value) == 0;
    }

    static int keyHash(Value number) {
        if (number instanceof Value.Real real) {
            double value = real.value();
            if (Double.isNaN(value) || Double.isInfinite(value) || value != Math.rint(value)) {
                return Double.hashCode(value);
            }
            return new BigDecimal(value).toBigInteger().hashCode();
        }
        return whole(number).hashCode();
    }

    static Value divide(Value left, Value right) {
        if (isZero(right)) {
            throw ChatTemplateException.evaluation("division by zero");
        }
        if (!isWhole(left) || !isWhole(right)) {
            return new Value.Real(real(left) / real(right));
        }
        double quotient =
                new BigDecimal(whole(left))
                        .divide(new BigDecimal(whole(right)), WIDE)
                        .doubleValue();
        if (Double.isInfinite(quotient)) {
            throw ChatTemplateException.evaluation("a quotient is too large for a float");
        }
        return new Value.Real(quotient);
    }

    /** {@code left // right}, rounded towards minus infinity. */
    static Value floorDivide(Value left, Value right) {
        if (isZero(right)) {
            throw ChatTemplateException.evaluation("division by zero");
        }
        if (isWhole(left) && isWhole(right)) {
            BigInteger[] parts = whole(left).divideAndRemainder(whole(right));
            boolean isLower = parts[1].signum() != 0 && parts[1].signum() != whole(right).signum();
            return new Value.Int(isLower ? parts[0].subtract(BigInteger.ONE) : parts[0]);
        }
        double divisor = real(right);
        double remainder = floorRemainder(real(left), divisor);
        double quotient = (real(left) - remainder) / divisor;
        double floor = Math.floor(quotient);
        return new Value.Real(
                quotient == 0
                        ? Math.copySign(0, real(left) / divisor)
                        : quotient - floor > 0.5 ? floor + 1 : floor);
    }

    /** {@code left % right}, with the sign of {@code right}. */
    static Value remainder(Value left, Value right) {
        if (isZero(right)) {
            throw ChatTemplateException.evaluation("division by zero");
        }
        if (isWhole(left) && isWhole(right)) {
            BigInteger remainder = whole(left).remainder(whole(right));
            boolean isOther =
                    remainder.signum() != 0 && remainder.signum() != whole(right).signum();
            return new Value.Int(isOther ? remainder.add(whole(right)) : remainder);
        }
        return new Value.Real(floorRemainder(real(left), real(right)));
    }

    private static double floorRemainder(double left, double right) {
        double remainder = left % right;
        if (remainder == 0) {
            return Math.copySign(0, right);
        }
        return remainder < 0 != right < 0 ? remainder + right : remainder;
    }

    static Value power(Value base, Value exponent) {
        if (isWhole(base) && isWhole(exponent) && whole(exponent).signum() >= 0) {
            BigInteger number = whole(base);
            int power = toIndex(exponent);
            if (number.bitLength() > 1 && (long) number.bitLength() * power > 2L * BITS_MAX) {
                throw ChatTemplateException.limit(
                        "a power has more than %d bits".formatted(BITS_MAX));
            }
            // 0, 1 and -1 stay small whatever the power, so that only its parity counts.
            int reduced = number.bitLength() > 1 ? power : Math.min(power, 2 + power % 2);
            return checked(number.pow(reduced));
        }
        double left = real(base);
        double right = real(exponent);
        if (left == 0 && right < 0) {
            throw ChatTemplateException.evaluation("zero cannot be raised to a negative power");
        }
        if (left < 0 && right != Math.rint(right)) {
            throw ChatTemplateException.evaluation("a power is a complex number");
        }
        double power = Math.pow(left, right);
        if (Double.isInfinite(power) && !Double.isInfinite(left) && !Double.isInfinite(right)) {
            throw ChatTemplateException.evaluation("a power is too large for a float");
        }
        return new Value.Real(power);
    }

    /** {@code round(number, digits)}: half to even, on the exact value. */
    static Value round(Value number, int digits) {
        if (isWhole(number)) {
            if (digits >= 0) {
                return new Value.Int(whole(number));
            }
            int places = Math.max(digits, -BITS_MAX);
            return new Value.Int(
                    new BigDecimal(whole(number))
                            .setScale(places, RoundingMode.HALF_EVEN)
                            .toBigInteger());
        }
        double value = real(number);
        if (Double.isNaN(value) || Double.isInfinite(value) || digits > 330) {
            return number;
        }
        double rounded =
                new BigDecimal(value)
                        .setScale(Math.max(digits, -330), RoundingMode.HALF_EVEN)
                        .doubleValue();
        return new Value.Real(Math.copySign(rounded, value));
    }

    /** {@code int(number)}: towards zero. */
    static Value.Int truncate(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw ChatTemplateException.evaluation(
                    "cannot make a whole number of %s".formatted(Printing.real(value)));
        }
        return new Value.Int(new BigDecimal(value).toBigInteger());
    }

    private static boolean isZero(Value value) {
        return isWhole(value) ? whole(value).signum() == 0 : real(value) == 0;
    }
}
