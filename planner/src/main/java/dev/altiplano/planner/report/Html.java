package dev.altiplano.planner.report;

import java.util.Locale;

/** Small pieces of HTML and SVG. Whatever comes from outside is escaped here. */
final class Html {
    private Html() {}

    /** For text and for attributes in double quotes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** An element with escaped text. */
    static String element(String name, String text) {
        return "<" + name + ">" + escape(text) + "</" + name + ">";
    }

    /** Switches between light and dark. */
    static String themeButton(Texts texts) {
        return "<button type=\"button\" id=\"theme\">" + texts.html("theme") + "</button>";
    }

    /** At most one decimal, always with a point: for long lists of numbers. */
    static String decimal(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }

    /** A coordinate: at most two decimals, always with a point. */
    static String coordinate(double value) {
        if (value == Math.rint(value)) {
            return Long.toString((long) value);
        }
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith("0") ? text.substring(0, text.length() - 1) : text;
    }
}
