package dev.altiplano.planner.report;

import static dev.altiplano.planner.report.Html.element;
import static dev.altiplano.planner.report.Html.escape;

import dev.altiplano.planner.site.PowerReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The first screen below the question: the answer, the readings and the arithmetic. */
final class AnswerView {
    private static final double WIDTH = 440;
    private static final double BAR_LEFT = 8;
    private static final double ROW = 44;
    private static final double TOP = 26;

    private final Texts texts;
    private final PowerAnswer answer;
    private final PowerQuestion question;

    AnswerView(Texts texts, PowerAnswer answer) {
        this.texts = texts;
        this.answer = answer;
        this.question = answer.question();
    }

    /** Everything that changes with the form. */
    String html() {
        return "<div class=\"head\"><p class=\"short\">"
                + escape(texts.text("answer.short." + fitting()))
                + "</p>"
                + element("p", sentence())
                + element("p", how())
                + element("p", texts.text("answer.fleet", fleetValues()))
                + "</div><div class=\"more\"><div class=\"drawing\">"
                + drawing()
                + "</div>"
                + Section.LegendEntry.html(
                        List.of(
                                new Section.LegendEntry("c0", texts.text("bar.it")),
                                new Section.LegendEntry("c4", texts.text("bar.site"))))
                + table().html()
                + arithmetic()
                + "</div>";
    }

    /** The arithmetic of the readings knows one chip well; words explain it. */
    boolean isOfH100() {
        return answer.chip().isH100();
    }

    String title() {
        return texts.text("question", gpus(), cap(), answer.chip().name());
    }

    /** The question as somebody might claim it. */
    String claim() {
        return texts.text("claims.question", gpus(), answer.chip().name(), cap());
    }

    /** The answer in one sentence, with the figures. */
    String sentence() {
        int fitting = fitting();
        // The first that does not fit is over by so much; if all fit, the last is under by it.
        double decisive = answer.rows().get(Math.min(fitting, 3)).all().facility().watts();
        return texts.text(
                "answer.long." + fitting,
                texts.megawatts(watts(PowerReading.ACCELERATORS_ONLY)),
                texts.megawatts(watts(PowerReading.TYPICAL)),
                texts.megawatts(watts(PowerReading.MEASURED_MAXIMUM)),
                texts.megawatts(watts(PowerReading.RATED)),
                texts.megawatts(Math.abs(decisive - question.capWatts())));
    }

    /** The arithmetic of the chosen reading in one line. */
    private String how() {
        PowerAnswer.Row row = answer.chosen();
        return texts.text(
                "answer.how",
                name(question.reading()),
                gpus(),
                texts.significant(row.perGpu().node().watts(), 4),
                texts.number(1 + answer.chip().networkShare(), 2),
                texts.number(question.pue(), 2),
                texts.megawatts(row.all().facility().watts()));
    }

    private Object[] fleetValues() {
        return new Object[] {cap(), texts.whole(answer.chosen().fleet()), name(question.reading())};
    }

    private int fitting() {
        return (int) answer.rows().stream().filter(PowerAnswer.Row::fits).count();
    }

    private double watts(PowerReading reading) {
        return answer.row(reading).all().facility().watts();
    }

    private String gpus() {
        return texts.whole(question.gpus());
    }

    private String cap() {
        return texts.significant(question.capWatts() / 1e6, 6);
    }

    private String name(PowerReading reading) {
        return texts.text("reading." + reading.name().toLowerCase(Locale.ROOT));
    }

    private String drawing() {
        double most = Math.max(question.capWatts(), watts(PowerReading.RATED)) * 1.12;
        double scale = (WIDTH - 2 * BAR_LEFT) / most;
        double height = TOP + ROW * answer.rows().size() + 8;
        Svg svg = new Svg(WIDTH, height, title(), sentence());
        double y = TOP;
        for (PowerAnswer.Row row : answer.rows()) {
            double it = row.all().it().watts() * scale;
            double meter = row.all().facility().watts() * scale;
            String value = texts.text("megawatts", texts.megawatts(row.all().facility().watts()));
            String label = name(row.reading()) + ": " + value;
            boolean chosen = row.reading() == question.reading();
            svg.text(BAR_LEFT, y + 14, Svg.Anchor.START, chosen ? "strong" : "", label)
                    .rectangle(BAR_LEFT, y + 20, it, 16, "c0", label)
                    .rectangle(BAR_LEFT + it, y + 20, meter - it, 16, "c4", label);
            y += ROW;
        }
        double x = BAR_LEFT + question.capWatts() * scale;
        svg.line(x, TOP - 4, x, height - 4, "limit")
                .text(
                        x,
                        TOP - 10,
                        x > WIDTH - 60 ? Svg.Anchor.END : Svg.Anchor.MIDDLE,
                        "strong",
                        texts.text("limit", cap()));
        return svg.end();
    }

    DataTable table() {
        DataTable table =
                new DataTable(
                        texts.text("table.power.caption"),
                        texts.text("table.power.reading"),
                        texts.text("table.power.nodes"),
                        texts.text("table.power.it"),
                        texts.text("table.power.meter"),
                        texts.text("table.power.fits", cap()),
                        texts.text("table.power.fleet", cap()));
        for (PowerAnswer.Row row : answer.rows()) {
            table.row(
                    name(row.reading()),
                    texts.megawatts(row.all().node().watts()),
                    texts.megawatts(row.all().it().watts()),
                    texts.megawatts(row.all().facility().watts()),
                    texts.text(row.fits() ? "yes" : "no"),
                    texts.whole(row.fleet()));
        }
        return table;
    }

    private String arithmetic() {
        StringBuilder out = new StringBuilder();
        out.append("<h2 class=\"minor\">").append(texts.html("arithmetic")).append("</h2>");
        appendLines(out, question.reading());
        out.append("<details><summary>")
                .append(texts.html("arithmetic.others"))
                .append("</summary>");
        for (PowerReading reading : PowerReading.values()) {
            if (reading != question.reading()) {
                out.append(element("h3", name(reading)));
                appendLines(out, reading);
            }
        }
        return out.append("</details>").toString();
    }

    private void appendLines(StringBuilder out, PowerReading reading) {
        out.append("<ol class=\"arithmetic\">");
        lines(reading).forEach(line -> out.append(element("li", line)));
        out.append("</ol>");
    }

    /** From one chip to the meter, a step a line. */
    List<String> lines(PowerReading reading) {
        PowerAnswer.Row row = answer.row(reading);
        String perGpu = texts.significant(row.perGpu().node().watts(), 4);
        String nodes = texts.megawatts(row.all().node().watts());
        String it = texts.megawatts(row.all().it().watts());
        String meter = texts.megawatts(row.all().facility().watts());
        String network = texts.number(1 + answer.chip().networkShare(), 2);
        String pue = texts.number(question.pue(), 2);
        List<String> lines = new ArrayList<>();
        lines.add(perGpuLine(reading, perGpu));
        lines.add(texts.text("line.nodes", gpus(), perGpu, nodes));
        lines.add(texts.text("line.it", nodes, network, it));
        lines.add(texts.text("line.meter", it, pue, meter));
        lines.add(texts.text("line.fleet", cap(), perGpu, network, pue, texts.whole(row.fleet())));
        return lines;
    }

    private String perGpuLine(PowerReading reading, String perGpu) {
        String chip = texts.significant(answer.chip().server().maxWatts(), 4);
        String host = texts.significant(answer.chip().server().hostWatts(), 4);
        String rated = texts.significant(answer.chip().server().rated().watts(), 4);
        return switch (reading) {
            case ACCELERATORS_ONLY -> texts.text("line.chip", chip);
            case RATED -> texts.text("line.rated", chip, host, rated);
            case TYPICAL ->
                    texts.text(
                            "line.share",
                            chip,
                            host,
                            texts.percent(answer.chip().typicalShare()),
                            perGpu);
            case MEASURED_MAXIMUM ->
                    texts.text(
                            "line.maximum",
                            chip,
                            host,
                            texts.percent(answer.chip().maximumShare()),
                            perGpu);
        };
    }
}
