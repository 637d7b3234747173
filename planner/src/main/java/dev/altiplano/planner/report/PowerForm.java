package dev.altiplano.planner.report;

import dev.altiplano.planner.site.PowerReading;
import java.util.Locale;

/** The sliders of the first screen. The script sends them to the server, which answers. */
final class PowerForm {
    private PowerForm() {}

    static String html(Texts texts, PowerQuestion question) {
        StringBuilder out = new StringBuilder("<form id=\"power\"");
        for (String words : new String[] {"unreachable", "computing", "done"}) {
            out.append(" data-%s=\"%s\"".formatted(words, texts.html("pictures." + words)));
        }
        out.append("><fieldset><legend>");
        out.append(texts.html("form.legend")).append("</legend>");
        slider(out, texts, "gpus", (double) question.gpus(), "1000", "200000", "1000");
        slider(out, texts, "cap", question.capWatts() / 1e6, "1", "300", "1");
        slider(out, texts, "pue", question.pue(), "1", "2", "0.01");
        out.append("<label for=\"reading\">")
                .append(texts.html("form.reading"))
                .append("</label><select id=\"reading\" name=\"reading\">");
        for (PowerReading reading : PowerReading.values()) {
            String name = reading.name().toLowerCase(Locale.ROOT);
            out.append("<option value=\"")
                    .append(name)
                    .append(reading == question.reading() ? "\" selected>" : "\">")
                    .append(texts.html("reading." + name))
                    .append("</option>");
        }
        return out.append("</select></fieldset>")
                .append("<p id=\"form-error\" role=\"alert\" hidden></p>")
                .append("<p id=\"progress\" class=\"muted\"></p></form>")
                .toString();
    }

    /** A slider for the hand and a field for the exact number; the script keeps them equal. */
    private static void slider(
            StringBuilder out,
            Texts texts,
            String name,
            double value,
            String low,
            String high,
            String step) {
        String number = Html.coordinate(value);
        String label = texts.html("form." + name);
        out.append("<label for=\"%s\">%s</label>".formatted(name, label));
        out.append(
                "<span class=\"pair\"><input type=\"range\" id=\"%s-slider\" aria-label=\"%s\" min=\"%s\" max=\"%s\" step=\"%s\" value=\"%s\">"
                        .formatted(name, label, low, high, step, number));
        out.append(
                "<input type=\"number\" id=\"%s\" name=\"%s\" step=\"any\" value=\"%s\" inputmode=\"decimal\"></span>"
                        .formatted(name, name, number));
    }
}
