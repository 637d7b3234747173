package dev.altiplano.planner.claims;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Finds numbers in both conventions: {@code 1,000,000}, {@code 1.000.000}, {@code 1 000 000},
 * {@code 1'000'000}, {@code 0,4}, {@code 3.8e25}, {@code 3,8 x 10^25}. Linear in the length of the
 * text.
 */
final class NumberScanner {
    private static final int DIGITS_MAX = 40;
    private static final int EXPONENT_DIGITS_MAX = 3;
    private static final String SPACERS = " '’_";
    private static final String POWER_SIGNS = "x×·*";

    /** Which mark stands before the decimals. */
    enum Decimal {
        POINT,
        COMMA
    }

    /**
     * A number as it stands.
     *
     * @param digits with its separators, spacers taken out
     * @param end index after it
     */
    record Raw(String digits, int exponent, int end) {
        /** What the number itself says about the convention; empty if it says nothing. */
        Optional<Decimal> evidence() {
            int point = digits.lastIndexOf('.');
            int comma = digits.lastIndexOf(',');
            if ((point < 0 && comma < 0) || isAmbiguous()) {
                return Optional.empty();
            }
            if (point >= 0 && comma >= 0) {
                return Optional.of(point > comma ? Decimal.POINT : Decimal.COMMA);
            }
            char mark = point >= 0 ? '.' : ',';
            boolean repeated = digits.indexOf(mark) != digits.lastIndexOf(mark);
            return Optional.of((mark == '.') != repeated ? Decimal.POINT : Decimal.COMMA);
        }

        /** One separator with three digits after it, as in 100.000 or 1,234. */
        boolean isAmbiguous() {
            int point = digits.indexOf('.');
            int at = point >= 0 ? point : digits.indexOf(',');
            boolean single =
                    at > 0 && digits.chars().filter(c -> c == '.' || c == ',').count() == 1;
            return single && at <= 3 && digits.length() - at - 1 == 3 && digits.charAt(0) != '0';
        }

        boolean isRoundThousand() {
            return digits.endsWith("000");
        }

        /** The number, its separators read so; empty if the groups make no sense. */
        Optional<BigDecimal> value(Decimal decimal) {
            char mark = decimal == Decimal.POINT ? '.' : ',';
            int at = digits.lastIndexOf(mark);
            if (at != digits.indexOf(mark)) {
                return Optional.empty();
            }
            String whole = at < 0 ? digits : digits.substring(0, at);
            String rest = at < 0 ? "" : digits.substring(at + 1);
            if (!areGroups(whole) || rest.indexOf('.') >= 0 || rest.indexOf(',') >= 0) {
                return Optional.empty();
            }
            String plain = whole.replace(".", "").replace(",", "");
            BigDecimal mantissa =
                    new BigDecimal((plain.isEmpty() ? "0" : plain) + (at < 0 ? "" : "." + rest));
            return Optional.of(mantissa.scaleByPowerOfTen(exponent));
        }

        private static boolean areGroups(String whole) {
            String[] groups = whole.split("[.,]", -1);
            for (int i = 1; i < groups.length; i++) {
                if (groups[i].length() != 3) {
                    return false;
                }
            }
            return groups.length == 1 || (!groups[0].isEmpty() && groups[0].length() <= 3);
        }
    }

    private NumberScanner() {}

    /** The number that begins at {@code start}; empty if none does or it is far too long. */
    static Optional<Raw> scan(String text, int start) {
        StringBuilder digits = new StringBuilder();
        int at = start;
        int group = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isDigit(c)) {
                digits.append(c);
                group++;
                at++;
            } else if ((c == '.' || c == ',') && digitAt(text, at + 1)) {
                digits.append(c);
                group = 0;
                at++;
            } else if (isSpacer(text, at, group, digits)) {
                group = 0;
                at++;
            } else {
                break;
            }
        }
        if (digits.isEmpty() || digits.length() > DIGITS_MAX || !hasDigit(digits)) {
            return Optional.empty();
        }
        return exponent(text, digits.toString(), at);
    }

    private static boolean hasDigit(StringBuilder digits) {
        return digits.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    /** Between a group of up to three digits and one of exactly three. */
    private static boolean isSpacer(String text, int at, int group, StringBuilder digits) {
        boolean marks = digits.indexOf(".") >= 0 || digits.indexOf(",") >= 0;
        return SPACERS.indexOf(text.charAt(at)) >= 0
                && !marks
                && group >= 1
                && group <= 3
                && digits.charAt(0) != '0'
                && digitAt(text, at + 1)
                && digitAt(text, at + 2)
                && digitAt(text, at + 3)
                && !digitAt(text, at + 4);
    }

    private static Optional<Raw> exponent(String text, String digits, int at) {
        if (at < text.length() && "eE".indexOf(text.charAt(at)) >= 0) {
            return withExponent(text, digits, at, at + 1);
        }
        int sign = skipSpaces(text, at);
        if (sign < text.length() && POWER_SIGNS.indexOf(text.charAt(sign)) >= 0) {
            int ten = skipSpaces(text, sign + 1);
            if (text.startsWith("10^", ten)) {
                return withExponent(text, digits, at, ten + 3);
            }
        }
        return Optional.of(new Raw(digits, 0, at));
    }

    private static Optional<Raw> withExponent(String text, String digits, int at, int from) {
        boolean signed = from < text.length() && "+-".indexOf(text.charAt(from)) >= 0;
        int first = signed ? from + 1 : from;
        int end = first;
        while (digitAt(text, end)) {
            end++;
        }
        if (end == first) {
            return Optional.of(new Raw(digits, 0, at));
        }
        if (end - first > EXPONENT_DIGITS_MAX) {
            return Optional.empty();
        }
        int exponent = Integer.parseInt(text.substring(first, end));
        return Optional.of(new Raw(digits, text.charAt(from) == '-' ? -exponent : exponent, end));
    }

    private static int skipSpaces(String text, int at) {
        int next = at;
        while (next < text.length() && text.charAt(next) == ' ') {
            next++;
        }
        return next;
    }

    private static boolean digitAt(String text, int at) {
        return at < text.length() && isDigit(text.charAt(at));
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
