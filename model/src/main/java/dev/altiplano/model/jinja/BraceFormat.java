package dev.altiplano.model.jinja;

import dev.altiplano.model.jinja.TextOperations.Side;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code str.format}: fields such as {@code {}}, {@code {name.key[0]!r:>10}}. */
final class BraceFormat {
    private static final Pattern FIELD =
            Pattern.compile(
                    "([^.\\[!:]*)((?:\\.[^.\\[!:]+|\\[[^\\]]+])*)(?:!([rsa]))?(?::(.*))?",
                    Pattern.DOTALL);
    private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[([^\\]]+)]");
    private static final Pattern SPEC =
            Pattern.compile(
                    "(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\\d+)?([,_])?(?:\\.(\\d+))?([a-zA-Z%])?",
                    Pattern.DOTALL);

    private final Session session;
    private final Arguments arguments;
    private int nextIndex;

    private BraceFormat(Session session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    static Text format(Session session, Text format, Arguments arguments) {
        return new BraceFormat(session, arguments).run(format);
    }

    private Text run(Text format) {
        String chars = format.chars();
        Text.Builder result = Text.builder();
        int i = 0;
        while (i < chars.length()) {
            char c = chars.charAt(i);
            if (c != '{' && c != '}') {
                int end = i;
                while (end < chars.length() && "{}".indexOf(chars.charAt(end)) < 0) {
                    end++;
                }
                result.append(format.slice(i, end));
                i = end;
            } else if (i + 1 < chars.length() && chars.charAt(i + 1) == c) {
                result.append(format.slice(i, i + 1));
                i += 2;
            } else if (c == '}') {
                throw ChatTemplateException.evaluation("a format string has a single '}'");
            } else {
                int end = closing(chars, i);
                result.append(field(chars.substring(i + 1, end)));
                session.requireText(result.length());
                session.charge(1);
                i = end + 1;
            }
        }
        return result.build();
    }

    private static int closing(String chars, int open) {
        int end = chars.indexOf('}', open);
        if (end < 0 || chars.substring(open + 1, end).indexOf('{') >= 0) {
            throw ChatTemplateException.evaluation(
                    "a format string has a field without end or with a field inside");
        }
        return end;
    }

    private Text field(String written) {
        Matcher field = FIELD.matcher(written);
        if (!field.matches()) {
            throw ChatTemplateException.evaluation("a format string has a field that is none");
        }
        Value value = argument(field.group(1));
        Matcher step = STEP.matcher(field.group(2));
        while (step.find()) {
            value =
                    step.group(1) != null
                            ? Lookup.attribute(session, value, step.group(1))
                            : Lookup.subscript(session, value, key(step.group(2)));
        }
        if (field.group(3) != null) {
            value =
                    field.group(3).equals("s")
                            ? Printing.text(session, value)
                            : Printing.repr(session, value);
        }
        String spec = field.group(4);
        return spec == null || spec.isEmpty() ? Printing.text(session, value) : format(value, spec);
    }

    private Value argument(String name) {
        if (name.isEmpty() || name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int index =
                    name.isEmpty()
                            ? nextIndex++
                            : Numbers.toIndex(new Value.Int(new BigInteger(name)));
            if (index >= arguments.positional().size()) {
                throw ChatTemplateException.evaluation("a format string has too few values");
            }
            return arguments.positional().get(index);
        }
        Value value = arguments.named().get(name);
        if (value == null) {
            throw ChatTemplateException.evaluation(
                    "a format string names a value that is not given");
        }
        return value;
    }

    private static Value key(String written) {
        return written.chars().allMatch(c -> c >= '0' && c <= '9')
                ? new Value.Int(new BigInteger(written))
                : Text.trusted(written);
    }

    private Text format(Value value, String written) {
        Matcher spec = SPEC.matcher(written);
        if (!spec.matches()) {
            throw ChatTemplateException.evaluation("a format string has a layout that is none");
        }
        boolean isNumber = Numbers.isNumber(value) && !"s".equals(spec.group(9));
        if (!isNumber && !(value instanceof Text)) {
            throw ChatTemplateException.evaluation(
                    "'%s' has no layout in a format string".formatted(Printing.typeName(value)));
        }
        boolean isZeroFilled = spec.group(5) != null && spec.group(2) == null;
        String fill = spec.group(1) != null ? spec.group(1) : isZeroFilled ? "0" : " ";
        String align = spec.group(2) != null ? spec.group(2) : isZeroFilled ? "=" : "";
        int width =
                spec.group(6) == null
                        ? 0
                        : Numbers.toIndex(new Value.Int(new BigInteger(spec.group(6))));
        if (value instanceof Text text) {
            boolean isForText = spec.group(9) == null || spec.group(9).equals("s");
            if (align.equals("=") || !isForText) {
                throw ChatTemplateException.evaluation(
                        "a format string has a layout that a string has not");
            }
            Text shown = spec.group(8) == null ? text : cut(text, spec.group(8));
            return pad(shown, width, fill, align.isEmpty() ? "<" : align);
        }
        return number(value, spec, width, fill, align.isEmpty() ? ">" : align);
    }

    private static Text cut(Text text, String precision) {
        int limit = Numbers.toIndex(new Value.Int(new BigInteger(precision)));
        int size = text.chars().codePointCount(0, text.length());
        return limit < size ? Slicing.characters(text, 0, limit) : text;
    }

    private Text number(Value value, Matcher spec, int width, String fill, String align) {
        String kind = spec.group(9);
        boolean isReal = value instanceof Value.Real || (kind != null && "eEfFgG%".contains(kind));
        String digits = isReal ? real(value, spec) : whole(value, spec);
        boolean isNegative = Numbers.compare(value, Value.of(0)) == -1;
        String plus = spec.group(3);
        String sign = isNegative ? "-" : plus == null || plus.equals("-") ? "" : plus;
        if (align.equals("=")) {
            return Text.trusted(sign)
                    .plus(pad(Text.trusted(digits), width - sign.length(), fill, ">"));
        }
        return pad(Text.trusted(sign + digits), width, fill, align);
    }

    private static String whole(Value value, Matcher spec) {
        char kind = spec.group(9) == null ? 'd' : spec.group(9).charAt(0);
        if ("dxXobn".indexOf(kind) < 0 || spec.group(8) != null) {
            throw ChatTemplateException.evaluation(
                    "a format string has a layout that a whole number has not");
        }
        String digits = NumberFormat.whole(Numbers.whole(value), kind);
        String prefix = spec.group(4) == null ? "" : NumberFormat.prefix(kind);
        return prefix + grouped(digits, spec.group(7));
    }

    private static String real(Value value, Matcher spec) {
        double number = Numbers.real(value);
        String kind = spec.group(9);
        int precision =
                spec.group(8) == null
                        ? 6
                        : Numbers.toIndex(new Value.Int(new BigInteger(spec.group(8))));
        boolean keepsZeros = spec.group(4) != null;
        String digits;
        if (kind == null) {
            digits =
                    spec.group(8) == null
                            ? Printing.real(Math.abs(number))
                            : NumberFormat.real(number, 'g', precision, keepsZeros);
        } else if (kind.equals("%")) {
            digits = NumberFormat.real(number * 100, 'f', precision, keepsZeros) + "%";
        } else if ("eEfFgG".contains(kind)) {
            digits = NumberFormat.real(number, kind.charAt(0), precision, keepsZeros);
        } else {
            throw ChatTemplateException.evaluation(
                    "a format string has a layout that a float has not");
        }
        return grouped(digits, spec.group(7));
    }

    private static String grouped(String digits, String separator) {
        if (separator == null) {
            return digits;
        }
        int end = 0;
        while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
            end++;
        }
        StringBuilder result = new StringBuilder(digits);
        for (int i = end - 3; i > 0; i -= 3) {
            result.insert(i, separator);
        }
        return result.toString();
    }

    private Text pad(Text text, int width, String fill, String align) {
        Side side =
                switch (align) {
                    case "<" -> Side.LEFT;
                    case ">" -> Side.RIGHT;
                    default -> Side.BOTH;
                };
        if (side == Side.BOTH) {
            // str.format puts the odd character behind, unlike str.center.
            int size = text.chars().codePointCount(0, text.length());
            int left = Math.max(0, width - size) / 2;
            Text shifted =
                    TextOperations.pad(
                            session, text, size + left, Text.untrusted(fill), Side.RIGHT);
            return TextOperations.pad(session, shifted, width, Text.untrusted(fill), Side.LEFT);
        }
        return TextOperations.pad(session, text, width, Text.untrusted(fill), side);
    }
}
