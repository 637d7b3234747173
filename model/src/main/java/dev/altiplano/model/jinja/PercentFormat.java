package dev.altiplano.model.jinja;

import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code format % values}. */
final class PercentFormat {
    private static final Pattern DIRECTIVE =
            Pattern.compile(
                    "%(?:\\((?<name>[^)]{0,200})\\))?(?<flags>[-#0 +]*)(?<width>\\*|\\d+)?"
                            + "(?:\\.(?<precision>\\*|\\d*))?[hlL]?(?<kind>.)?",
                    Pattern.DOTALL);

    private final Session session;
    private final Value values;
    private final Iterator<Value> positional;
    private boolean usesNames;

    private PercentFormat(Session session, Value values) {
        this.session = session;
        this.values = values;
        this.positional =
                values instanceof Sequence sequence && sequence.isTuple()
                        ? sequence.items().iterator()
                        : List.of(values).iterator();
    }

    static Text format(Session session, Text format, Value values) {
        return new PercentFormat(session, values).run(format);
    }

    private Text run(Text format) {
        Text.Builder result = Text.builder();
        Matcher directive = DIRECTIVE.matcher(format.chars());
        int done = 0;
        while (directive.find(done)) {
            result.append(format.slice(done, directive.start()));
            done = directive.end();
            result.append(field(directive));
            session.requireText(result.length());
            session.charge(1);
        }
        result.append(format.slice(done, format.length()));
        boolean hasRest = positional.hasNext() && !usesNames;
        if (hasRest && !(values instanceof Dict)) {
            throw ChatTemplateException.evaluation("a format string does not use all its values");
        }
        return result.build();
    }

    private Text field(Matcher directive) {
        String kind = directive.group("kind");
        if (kind == null) {
            throw ChatTemplateException.evaluation("a format string ends within a directive");
        }
        if (kind.equals("%")) {
            return Text.trusted("%");
        }
        String flags = directive.group("flags");
        Optional<Integer> givenWidth = size(directive.group("width"));
        Optional<Integer> precision = size(directive.group("precision"));
        Value value = next(directive.group("name"));
        boolean isLeft = flags.contains("-") || givenWidth.filter(w -> w < 0).isPresent();
        int width = Math.abs(givenWidth.orElse(0));
        return switch (kind.charAt(0)) {
            case 's' -> pad(cut(Printing.text(session, value), precision), width, isLeft);
            case 'r', 'a' -> pad(cut(Printing.repr(session, value), precision), width, isLeft);
            case 'c' -> pad(character(value), width, isLeft);
            case 'd', 'i', 'u', 'x', 'X', 'o' ->
                    number(whole(value, kind.charAt(0), flags, precision), flags, width, isLeft);
            case 'e', 'E', 'f', 'F', 'g', 'G' ->
                    number(real(value, kind.charAt(0), flags, precision), flags, width, isLeft);
            default ->
                    throw ChatTemplateException.evaluation(
                            "a format string has the unknown directive '%s'".formatted(kind));
        };
    }

    private Optional<Integer> size(@Nullable String written) {
        if (written == null) {
            return Optional.empty();
        }
        if (written.equals("*")) {
            return Optional.of(Numbers.toIndex(next(null)));
        }
        return Optional.of(
                written.isEmpty() ? 0 : Numbers.toIndex(new Value.Int(new BigInteger(written))));
    }

    private Value next(@Nullable String name) {
        if (name != null) {
            usesNames = true;
            if (!(values instanceof Dict dict)) {
                throw ChatTemplateException.evaluation(
                        "a format string with names expects a dictionary");
            }
            return dict.get(Text.trusted(name))
                    .orElseThrow(
                            () ->
                                    ChatTemplateException.evaluation(
                                            "a format string names a value that is not given"));
        }
        if (!positional.hasNext()) {
            throw ChatTemplateException.evaluation("a format string has too few values");
        }
        return positional.next();
    }

    private static Text cut(Text text, Optional<Integer> precision) {
        int size = text.chars().codePointCount(0, text.length());
        return precision
                .filter(limit -> limit < size)
                .map(limit -> Slicing.characters(text, 0, limit))
                .orElse(text);
    }

    private Text pad(Text text, int width, boolean isLeft) {
        return TextOperations.pad(
                session,
                text,
                width,
                Text.untrusted(" "),
                isLeft ? TextOperations.Side.LEFT : TextOperations.Side.RIGHT);
    }

    private static Text character(Value value) {
        if (value instanceof Text text && text.chars().codePointCount(0, text.length()) == 1) {
            return text;
        }
        int codePoint = Numbers.toIndex(value);
        if (!Character.isValidCodePoint(codePoint)) {
            throw ChatTemplateException.evaluation("'%c' expects a character");
        }
        return Text.untrusted(Character.toString(codePoint));
    }

    /** A number as its sign, its prefix and its digits. */
    private record Digits(boolean isNegative, String prefix, String digits) {}

    private static Digits whole(Value value, char kind, String flags, Optional<Integer> precision) {
        boolean isDecimal = "diu".indexOf(kind) >= 0;
        BigInteger number =
                isDecimal && value instanceof Value.Real real
                        ? Numbers.truncate(real.value()).value()
                        : Numbers.whole(value);
        String digits = NumberFormat.whole(number, kind);
        int missing = Math.min(precision.orElse(0), 1_000) - digits.length();
        return new Digits(
                number.signum() < 0,
                flags.contains("#") ? NumberFormat.prefix(kind) : "",
                "0".repeat(Math.max(0, missing)) + digits);
    }

    private static Digits real(Value value, char kind, String flags, Optional<Integer> precision) {
        double number = Numbers.real(value);
        boolean isNegative = number < 0 || (number == 0 && 1 / number < 0);
        return new Digits(
                isNegative,
                "",
                NumberFormat.real(number, kind, precision.orElse(6), flags.contains("#")));
    }

    private Text number(Digits number, String flags, int width, boolean isLeft) {
        String sign =
                number.isNegative()
                        ? "-"
                        : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
        String head = sign + number.prefix();
        if (flags.contains("0") && !isLeft) {
            Text digits =
                    TextOperations.pad(
                            session,
                            Text.trusted(number.digits()),
                            width - head.length(),
                            Text.trusted("0"),
                            TextOperations.Side.RIGHT);
            return Text.trusted(head).plus(digits);
        }
        return pad(Text.trusted(head + number.digits()), width, isLeft);
    }
}
