package dev.altiplano.planner.report;

import static dev.altiplano.planner.report.Html.element;
import static dev.altiplano.planner.report.Html.escape;

import java.util.List;

/**
 * What the page of a server and the file that stands alone have in common: the question of power
 * that anybody can follow, then the pictures of one plan.
 *
 * @param head links or the files themselves
 * @param navigation inside the landmark at the top
 * @param form inputs of the first screen; empty where nothing computes
 * @param check where sentences are checked
 * @param footer last words
 * @param pictures sections, finished
 */
record PageFrame(
        Texts texts,
        AnswerView view,
        String head,
        String navigation,
        String form,
        String check,
        List<String> pictures,
        String footer) {
    private static final List<String> WORDS =
            List.of("h100", "megawatt", "tdp", "node", "it", "pue", "meter");

    PageFrame {
        pictures = List.copyOf(pictures);
    }

    String html() {
        StringBuilder out = new StringBuilder("<!doctype html><html lang=\"");
        out.append(texts.language().code())
                .append("\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<meta name=\"color-scheme\" content=\"light dark\"><title>")
                .append(escape(view.title()))
                .append(" – Altiplano</title>")
                .append(head)
                .append("</head><body><header><nav aria-label=\"")
                .append(texts.html("navigation"))
                .append("\">")
                .append(navigation)
                .append("</nav></header><main>");
        appendQuestion(out);
        out.append(check).append("<div id=\"pictures\" aria-busy=\"false\">");
        pictures.forEach(out::append);
        return out.append("</div></main><footer>")
                .append(element("p", footer))
                .append("</footer></body></html>\n")
                .toString();
    }

    private void appendQuestion(StringBuilder out) {
        out.append("<section id=\"question\" aria-labelledby=\"title\"><h1 id=\"title\">")
                .append(escape(view.title()))
                .append("</h1>")
                .append(element("p", texts.text("lead")))
                .append("<div class=\"screen\">")
                .append(form)
                .append("<div id=\"answer\">")
                .append(view.html())
                .append("</div></div>")
                .append("<p id=\"spoken\" class=\"visually-hidden\" role=\"status\"></p>");
        appendWords(out);
        out.append("</section>");
    }

    /** What the words of the first screen mean. */
    private void appendWords(StringBuilder out) {
        out.append("<details><summary>").append(texts.html("words")).append("</summary><dl>");
        for (String word : WORDS) {
            if (word.equals("h100") && !view.isOfH100()) {
                continue;
            }
            out.append(element("dt", texts.text("word." + word)))
                    .append(element("dd", texts.text("word." + word + ".meaning")));
        }
        out.append("</dl></details>");
    }
}
