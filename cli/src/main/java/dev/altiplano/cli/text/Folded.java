package dev.altiplano.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of bounded width, broken at blanks where there are some. */
public final class Folded {
    private Folded() {}

    /** One line or more of at most {@code width} characters; {@code width} of 1 or more. */
    public static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            boolean hasWord = blank > 0 && !rest.substring(0, blank).isBlank();
            lines.add(hasWord ? rest.substring(0, blank) : rest.substring(0, width));
            rest = hasWord ? rest.substring(blank + 1) : rest.substring(width);
        }
        lines.add(rest);
        return lines;
    }

    /** The same of a paragraph: what follows is indented as its beginning is, and two more. */
    public static List<String> paragraph(String text, int width) {
        String body = text.stripLeading();
        String indent = " ".repeat(text.length() - body.length());
        String further = indent + "  ";
        if (text.length() <= width || width < 3 * further.length()) {
            return List.of(text);
        }
        List<String> lines = new ArrayList<>();
        for (String line : lines(body, width - further.length())) {
            lines.add((lines.isEmpty() ? indent : further) + line);
        }
        return lines;
    }
}
