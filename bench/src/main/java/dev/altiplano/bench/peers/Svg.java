package dev.altiplano.bench.peers;

import java.util.Locale;

/** Elements of a picture, in the order they are drawn. Places are pixels, rounded to tenths. */
final class Svg {
    /** Which side of a text its place is. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    private final StringBuilder text = new StringBuilder();

    /** Opens a picture of this size; {@code title} is for those who cannot see it. */
    Svg(int width, int height, String title, String style) {
        text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"")
                .append(" viewBox=\"0 0 " + width + " " + height + "\" width=\"" + width + "\">\n")
                .append("<title>" + escape(title) + "</title>\n")
                .append(style)
                .append(
                        "<rect class=\"page\" width=\""
                                + width
                                + "\" height=\""
                                + height
                                + "\"/>\n");
    }

    /** Lines from place to place: x, y, x, y and so on. */
    void path(String style, double... places) {
        text.append("<path class=\"").append(style).append("\" d=\"");
        for (int i = 0; i < places.length; i += 2) {
            text.append(i == 0 ? 'M' : 'L');
            text.append(tenths(places[i])).append(' ').append(tenths(places[i + 1]));
        }
        text.append("\"/>\n");
    }

    void dot(String style, double x, double y) {
        text.append(
                "<circle class=\"%s\" r=\"5\" cx=\"%s\" cy=\"%s\"/>\n"
                        .formatted(style, tenths(x), tenths(y)));
    }

    void text(String style, Anchor anchor, double x, double y, String words) {
        text(style, anchor, x, y, 0, words);
    }

    /** Turned by {@code degrees}, clockwise. */
    void text(String style, Anchor anchor, double x, double y, double degrees, String words) {
        String turn = degrees == 0 ? "" : " rotate(%s)".formatted(tenths(degrees));
        text.append(
                "<text class=\"%s\" text-anchor=\"%s\" transform=\"translate(%s %s)%s\">%s</text>\n"
                        .formatted(
                                style,
                                anchor.name().toLowerCase(Locale.ROOT),
                                tenths(x),
                                tenths(y),
                                turn,
                                escape(words)));
    }

    private static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escape(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The whole picture. */
    @Override
    public String toString() {
        return text + "</svg>\n";
    }
}
