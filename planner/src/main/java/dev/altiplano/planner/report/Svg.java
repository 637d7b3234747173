package dev.altiplano.planner.report;

import static dev.altiplano.planner.report.Html.coordinate;
import static dev.altiplano.planner.report.Html.escape;

import java.util.List;

/**
 * A drawing that grows element by element. Colours are classes ({@code c0} … {@code c7}), so that
 * the style sheet says them once for light, dark and paper. Sizes are in units of the view box.
 */
final class Svg {
    /** How a text stands to its point. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** A point of a line. */
    record Point(double x, double y) {}

    /** A part of a drawing. */
    record Box(double x, double y, double width, double height) {
        boolean overlaps(Box other) {
            return x < other.x + other.width
                    && other.x < x + width
                    && y < other.y + other.height
                    && other.y < y + height;
        }

        /** As a view box. */
        @Override
        public String toString() {
            return coordinate(x)
                    + " "
                    + coordinate(y)
                    + " "
                    + coordinate(width)
                    + " "
                    + coordinate(height);
        }
    }

    private final StringBuilder out = new StringBuilder();

    /**
     * @param title what the picture is, for those who do not see it
     * @param description what it shows, in a sentence
     */
    Svg(double width, double height, String title, String description) {
        out.append("<svg viewBox=\"0 0 ")
                .append(coordinate(width))
                .append(' ')
                .append(coordinate(height))
                .append("\" role=\"img\" aria-label=\"")
                .append(escape(title + ". " + description))
                .append("\">");
    }

    Svg rectangle(double x, double y, double width, double height, String classes, String title) {
        out.append("<rect x=\"")
                .append(coordinate(x))
                .append("\" y=\"")
                .append(coordinate(y))
                .append("\" width=\"")
                .append(coordinate(Math.max(0, width)))
                .append("\" height=\"")
                .append(coordinate(Math.max(0, height)))
                .append("\" class=\"")
                .append(classes)
                .append("\">");
        return titled(title, "rect");
    }

    Svg circle(double x, double y, double radius, String classes, String title) {
        out.append("<circle cx=\"")
                .append(coordinate(x))
                .append("\" cy=\"")
                .append(coordinate(y))
                .append("\" r=\"")
                .append(coordinate(radius))
                .append("\" class=\"")
                .append(classes)
                .append("\">");
        return titled(title, "circle");
    }

    Svg line(double x1, double y1, double x2, double y2, String classes) {
        out.append("<line x1=\"")
                .append(coordinate(x1))
                .append("\" y1=\"")
                .append(coordinate(y1))
                .append("\" x2=\"")
                .append(coordinate(x2))
                .append("\" y2=\"")
                .append(coordinate(y2))
                .append("\" class=\"")
                .append(classes)
                .append("\"/>");
        return this;
    }

    Svg polyline(List<Point> points, String classes) {
        return points("polyline", points, classes);
    }

    Svg polygon(List<Point> points, String classes) {
        return points("polygon", points, classes);
    }

    /** Many small shapes as one: {@code data} is SVG path data. */
    Svg path(String data, String classes) {
        out.append("<path d=\"").append(data).append("\" class=\"").append(classes).append("\"/>");
        return this;
    }

    /**
     * Until {@link #endWindow} coordinates are those of {@code view}, stretched into {@code place};
     * what lies outside is not seen. The script may move {@code view}.
     */
    Svg window(Box place, Box view, String classes) {
        out.append("<svg x=\"")
                .append(coordinate(place.x()))
                .append("\" y=\"")
                .append(coordinate(place.y()))
                .append("\" width=\"")
                .append(coordinate(place.width()))
                .append("\" height=\"")
                .append(coordinate(place.height()))
                .append("\" viewBox=\"")
                .append(view)
                .append("\" preserveAspectRatio=\"none\" class=\"")
                .append(classes)
                .append("\">");
        return this;
    }

    Svg endWindow() {
        out.append("</svg>");
        return this;
    }

    private Svg points(String name, List<Point> points, String classes) {
        out.append('<').append(name).append(" points=\"");
        String gap = "";
        for (Point point : points) {
            out.append(gap).append(coordinate(point.x())).append(',').append(coordinate(point.y()));
            gap = " ";
        }
        out.append("\" class=\"").append(classes).append("\"/>");
        return this;
    }

    Svg text(double x, double y, Anchor anchor, String classes, String text) {
        out.append("<text x=\"")
                .append(coordinate(x))
                .append("\" y=\"")
                .append(coordinate(y))
                .append("\" class=\"")
                .append(anchor.name().toLowerCase(java.util.Locale.ROOT))
                .append(classes.isEmpty() ? "" : " " + classes)
                .append("\">")
                .append(escape(text))
                .append("</text>");
        return this;
    }

    String end() {
        return out.append("</svg>").toString();
    }

    private Svg titled(String title, String name) {
        if (!title.isEmpty()) {
            out.append("<title>").append(escape(title)).append("</title>");
        }
        out.append("</").append(name).append('>');
        return this;
    }
}
