package dev.altiplano.model.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** The number layouts of C's {@code printf}, on exact values, rounded half to even. */
final class NumberFormat {
    /** Python's own bound is higher; no prompt needs more digits. */
    private static final int PRECISION_MAX = 1_000;

    private NumberFormat() {}

    /**
     * The number without its sign.
     *
     * @param kind {@code e}, {@code f} or {@code g}, or one of them as a capital
     * @param keepsZeros whether {@code g} keeps zeros at the end, as the flag {@code #} asks
     */
    static String real(double value, char kind, int precision, boolean keepsZeros) {
        if (precision > PRECISION_MAX) {
            throw ChatTemplateException.limit(
                    "a number is printed with more than %d digits".formatted(PRECISION_MAX));
        }
        String text;
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            text = Double.isNaN(value) ? "nan" : "inf";
        } else {
            BigDecimal exact = new BigDecimal(Math.abs(value));
            text =
                    switch (Character.toLowerCase(kind)) {
                        case 'e' -> exponential(exact, precision);
                        case 'f' -> fixed(exact, precision);
                        default -> general(exact, Math.max(1, precision), keepsZeros);
                    };
        }
        return Character.isUpperCase(kind) ? text.toUpperCase(Locale.ROOT) : text;
    }

    private static String fixed(BigDecimal value, int precision) {
        return value.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String exponential(BigDecimal value, int precision) {
        if (value.signum() == 0) {
            return fixed(value, precision) + "e+00";
        }
        BigDecimal rounded = value.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        return "%se%s%02d"
                .formatted(
                        fixed(rounded.movePointLeft(exponent), precision),
                        exponent < 0 ? "-" : "+",
                        Math.abs(exponent));
    }

    private static String general(BigDecimal value, int precision, boolean keepsZeros) {
        BigDecimal rounded = value.round(new MathContext(precision, RoundingMode.HALF_EVEN));
        int exponent = value.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        boolean isPlain = exponent >= -4 && exponent < precision;
        String text =
                isPlain
                        ? fixed(value, precision - 1 - exponent)
                        : exponential(value, precision - 1);
        if (keepsZeros || text.indexOf('.') < 0) {
            return text;
        }
        return isPlain ? text.replaceFirst("\\.?0+$", "") : text.replaceFirst("\\.?0+e", "e");
    }

    /** A whole number without its sign; {@code kind} is d, i, u, x, X, o or b. */
    static String whole(BigInteger value, char kind) {
        BigInteger magnitude = value.abs();
        return switch (kind) {
            case 'x' -> magnitude.toString(16);
            case 'X' -> magnitude.toString(16).toUpperCase(Locale.ROOT);
            case 'o' -> magnitude.toString(8);
            case 'b' -> magnitude.toString(2);
            default -> magnitude.toString();
        };
    }

    /** The prefix that the flag {@code #} puts before a whole number. */
    static String prefix(char kind) {
        return switch (kind) {
            case 'x' -> "0x";
            case 'X' -> "0X";
            case 'o' -> "0o";
            case 'b' -> "0b";
            default -> "";
        };
    }
}
