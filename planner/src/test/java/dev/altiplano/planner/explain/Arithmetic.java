package dev.altiplano.planner.explain;

/** Works out what a formula's text says: numbers, + - x / ^, brackets and max(a, b). */
public final class Arithmetic {
    private final String text;
    private int at;

    private Arithmetic(String text) {
        this.text = text.replace(" ", "");
    }

    public static double value(String text) {
        Arithmetic arithmetic = new Arithmetic(text);
        double value = arithmetic.sum();
        if (arithmetic.at != arithmetic.text.length()) {
            throw new IllegalArgumentException(text + " at " + arithmetic.at);
        }
        return value;
    }

    private double sum() {
        double value = product();
        while (next("+-")) {
            value += text.charAt(at++) == '+' ? product() : -product();
        }
        return value;
    }

    private double product() {
        double value = power();
        while (next("x/")) {
            value = text.charAt(at++) == 'x' ? value * power() : value / power();
        }
        return value;
    }

    private double power() {
        double value = atom();
        if (next("^")) {
            at++;
            return Math.pow(value, atom());
        }
        return value;
    }

    private double atom() {
        if (text.startsWith("max(", at)) {
            at += 4;
            double left = sum();
            at++;
            double right = sum();
            at++;
            return Math.max(left, right);
        }
        if (next("(")) {
            at++;
            double value = sum();
            at++;
            return value;
        }
        int from = at;
        while (at < text.length() && isNumber(from)) {
            at++;
        }
        return Double.parseDouble(text.substring(from, at));
    }

    private boolean isNumber(int from) {
        char c = text.charAt(at);
        boolean isSign = (c == '-' || c == '+') && at > from && text.charAt(at - 1) == 'e';
        return Character.isDigit(c) || c == '.' || c == 'e' || isSign;
    }

    private boolean next(String choices) {
        return at < text.length() && choices.indexOf(text.charAt(at)) >= 0;
    }
}
