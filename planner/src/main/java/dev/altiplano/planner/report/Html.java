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

    /** A coordinate: at most two decimals, always with a point. */
    static String coordinate(double value) {
        if (value == Math.rint(value)) {
            return Long.toString((long) value);
        }
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith("0") ? text.substring(0, text.length() - 1) : text;
    }
}
