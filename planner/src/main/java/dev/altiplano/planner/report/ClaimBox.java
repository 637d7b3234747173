package dev.altiplano.planner.report;

import static dev.altiplano.planner.report.Html.element;
import static dev.altiplano.planner.report.Html.escape;

import dev.altiplano.planner.claims.ClaimResult;
import java.util.List;

/** Where a reader writes a sentence of their own and sees whether it can be true. */
final class ClaimBox {
    /** As long as a paragraph; the checker itself reads more. */
    static final int CHARACTERS_MAX = 500;

    private static final int EXAMPLES = 4;

    private ClaimBox() {}

    /** Shown by the script, because nothing else can send it. */
    static String form(Texts texts) {
        StringBuilder out = new StringBuilder(opening(texts));
        out.append(element("p", texts.text("check.lead")))
                .append("<form id=\"claim\" class=\"controls\" hidden data-unreachable=\"")
                .append(texts.html("check.unreachable"))
                .append("\"><label for=\"sentence\">")
                .append(texts.html("check.label"))
                .append(
                        "</label><div class=\"ask\"><input type=\"text\" id=\"sentence\" name=\"sentence\"")
                .append(" required autocomplete=\"off\" spellcheck=\"false\" maxlength=\"")
                .append(CHARACTERS_MAX)
                .append("\" value=\"")
                .append(texts.html("check.example.1"))
                .append("\"><button type=\"submit\">")
                .append(texts.html("check.button"))
                .append("</button></div><p id=\"claim-error\" role=\"alert\" hidden></p>")
                .append("<p class=\"examples\">")
                .append(texts.html("check.examples"));
        for (int example = 1; example <= EXAMPLES; example++) {
            out.append(" <button type=\"button\" class=\"example\">")
                    .append(texts.html("check.example." + example))
                    .append("</button>");
        }
        return out.append("</p></form><div id=\"claim-answer\"></div><noscript>")
                .append(element("p", texts.text("check.script")))
                .append("</noscript></section>")
                .toString();
    }

    /** In a file that stands alone nothing can be checked; it says where. */
    static String hint(Texts texts) {
        return opening(texts) + element("p", texts.text("check.elsewhere")) + "</section>";
    }

    private static String opening(Texts texts) {
        return "<section id=\"check\" aria-labelledby=\"check-title\"><h2 id=\"check-title\">"
                + texts.html("check.title")
                + "</h2>";
    }

    /** A judged sentence. */
    static String answer(Texts texts, ClaimResult result) {
        ClaimView view = new ClaimView(texts);
        StringBuilder out = new StringBuilder("<h3>");
        out.append(escape(result.claim().text()))
                .append("</h3><p><span class=\"badge ")
                .append(result.verdict())
                .append("\">")
                .append(escape(view.verdict(result)))
                .append("</span> ")
                .append(escape(view.explanation(result)))
                .append("</p>");
        if (result.notUnderstood().isPresent()) {
            return out.append(element("p", texts.text("check.help"))).toString();
        }
        if (!result.readings().isEmpty()) {
            out.append(view.readings(result).html());
        }
        List<String> lines = view.lines(result);
        lines.forEach(
                line -> out.append("<p class=\"muted\">").append(escape(line)).append("</p>"));
        return out.toString();
    }

    /** The verdict for a screen reader. */
    static String spoken(Texts texts, ClaimResult result) {
        ClaimView view = new ClaimView(texts);
        return view.verdict(result) + ". " + view.explanation(result);
    }
}
