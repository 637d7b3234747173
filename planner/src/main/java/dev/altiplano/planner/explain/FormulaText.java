package dev.altiplano.planner.explain;

import java.math.BigDecimal;
import java.math.MathContext;

/** Writes arithmetic with its numbers: {@code of("{} x {}", 2, 3.5)} is {@code 2 x 3.5}. */
public final class FormulaText {
    private static final MathContext DIGITS = new MathContext(7);

    private FormulaText() {}

    public static String of(String template, double... values) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (double value : values) {
            int gap = template.indexOf("{}", from);
            text.append(template, from, gap).append(number(value));
            from = gap + 2;
        }
        return text.append(template.substring(from)).toString();
    }

    /** Up to seven digits; powers of ten as in 9.89e+14 where the number is long. */
    private static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        double size = Math.abs(value);
        boolean isShort = size == 0 || (size >= 1e-3 && size < 1e9);
        return isShort ? rounded.toPlainString() : rounded.toString().replace("E", "e");
    }
}
