package dev.altiplano.model.jinja;

import dev.altiplano.model.jinja.TextOperations.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The filters that make texts of texts. Most take any value and print it first, as Jinja's do. */
final class TextFilters {
    private TextFilters() {}

    static void addTo(Map<String, Filters.Filter> filters) {
        filters.put("string", (session, input, _) -> Printing.text(session, input));
        filters.put("safe", (session, input, _) -> Printing.text(session, input));
        filters.put("lower", plain(TextOperations::lower));
        filters.put("upper", plain(TextOperations::upper));
        filters.put("capitalize", plain(TextOperations::capitalize));
        filters.put("title", plain(TextOperations::titleWords));
        filters.put("escape", plain(TextFilters::escape));
        filters.put("e", plain(TextFilters::escape));
        filters.put("forceescape", plain(TextFilters::escape));
        filters.put("trim", TextFilters::trim);
        filters.put("replace", TextFilters::replace);
        filters.put("indent", TextFilters::indent);
        filters.put("center", TextFilters::center);
        filters.put("truncate", TextFilters::truncate);
        filters.put("format", TextFilters::format);
        filters.put("wordcount", TextFilters::countWords);
    }

    private static Filters.Filter plain(UnaryOperator<Text> change) {
        return (session, input, arguments) -> {
            arguments.bind("filter");
            Text text = Printing.text(session, input);
            session.chargeText(text.length());
            return change.apply(text);
        };
    }

    private static Text escape(Text text) {
        return text.map(
                part ->
                        part.replace("&", "&amp;")
                                .replace(">", "&gt;")
                                .replace("<", "&lt;")
                                .replace("'", "&#39;")
                                .replace("\"", "&#34;"));
    }

    private static Value trim(Session session, Value input, Arguments arguments) {
        Optional<Text> chars = arguments.bind("trim", "chars").text("chars");
        return TextOperations.strip(Printing.text(session, input), chars, Side.BOTH);
    }

    private static Value replace(Session session, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("replace", "old", "new", "count");
        return TextOperations.replace(
                session,
                Printing.text(session, input),
                Printing.text(session, bound.require("old")),
                Printing.text(session, bound.require("new")),
                bound.present("count").map(Numbers::toIndex).orElse(-1));
    }

    private static Value indent(Session session, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("indent", "width", "first", "blank");
        Text text = requireText("indent", input);
        Text indent =
                bound.get("width")
                        .map(width -> indentOf(session, width))
                        .orElse(Text.trusted("    "));
        boolean indentsFirst = bound.flag("first");
        boolean indentsBlank = bound.flag("blank");
        // As in Python: a text that ends with a newline has an empty last line.
        List<Text> lines = TextOperations.lines(text.plus(Text.trusted("\n")), false);
        List<Text> indented = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            boolean isIndented = i == 0 ? indentsFirst : indentsBlank || !lines.get(i).isEmpty();
            indented.add(isIndented ? indent.plus(lines.get(i)) : lines.get(i));
        }
        return TextOperations.join(session, Text.trusted("\n"), indented);
    }

    private static Text indentOf(Session session, Value width) {
        if (width instanceof Text text) {
            return text;
        }
        int count = Math.max(0, Numbers.toIndex(width));
        session.chargeText(count);
        return Text.trusted(" ".repeat(count));
    }

    private static Text requireText(String filter, Value input) {
        return Arguments.of(input).bind(filter, "value").requireText("value");
    }

    private static Value center(Session session, Value input, Arguments arguments) {
        int width = arguments.bind("center", "width").integer("width", 80);
        return TextOperations.pad(
                session, Printing.text(session, input), width, Text.trusted(" "), Side.BOTH);
    }

    private static Value truncate(Session session, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("truncate", "length", "killwords", "end", "leeway");
        int length = bound.integer("length", 255);
        Text end = bound.text("end").orElse(Text.trusted("..."));
        int leeway = bound.present("leeway").map(Numbers::toIndex).orElse(5);
        int endSize = end.chars().codePointCount(0, end.length());
        if (length < endSize || leeway < 0) {
            throw ChatTemplateException.evaluation(
                    "truncate() expects a length of at least its end, and a leeway from 0");
        }
        Text text = requireText("truncate", input);
        if (text.chars().codePointCount(0, text.length()) <= (long) length + leeway) {
            return text;
        }
        Text kept = Slicing.characters(text, 0, length - endSize);
        if (!bound.flag("killwords")) {
            int blank = kept.chars().lastIndexOf(' ');
            kept = blank < 0 ? kept : kept.slice(0, blank);
        }
        return kept.plus(end);
    }

    private static Value format(Session session, Value input, Arguments arguments) {
        if (!arguments.positional().isEmpty() && !arguments.named().isEmpty()) {
            throw ChatTemplateException.evaluation(
                    "format() takes values by place or by name, not both");
        }
        Map<Value, Value> named = new LinkedHashMap<>();
        arguments.named().forEach((name, value) -> named.put(Text.trusted(name), value));
        Value values = named.isEmpty() ? Sequence.tuple(arguments.positional()) : new Dict(named);
        return PercentFormat.format(session, Printing.text(session, input), values);
    }

    private static Value countWords(Session session, Value input, Arguments arguments) {
        arguments.bind("wordcount");
        String chars = Printing.text(session, input).chars();
        session.chargeText(chars.length());
        long words = 0;
        boolean isInWord = false;
        for (int i = 0; i < chars.length(); ) {
            int codePoint = chars.codePointAt(i);
            boolean isWord = Character.isLetterOrDigit(codePoint) || codePoint == '_';
            words += isWord && !isInWord ? 1 : 0;
            isInWord = isWord;
            i += Character.charCount(codePoint);
        }
        return Value.of(words);
    }
}
