package dev.altiplano.model.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The filters on single values: numbers, defaults, JSON. */
final class ValueFilters {
    private static final Pattern REAL =
            Pattern.compile("[+-]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)");
    private static final int DIGITS_MAX = 4_300;

    private ValueFilters() {}

    static void addTo(Map<String, Filters.Filter> filters) {
        filters.put("default", ValueFilters::orDefault);
        filters.put("d", ValueFilters::orDefault);
        filters.put("tojson", ValueFilters::toJson);
        filters.put("int", ValueFilters::toInt);
        filters.put("float", ValueFilters::toFloat);
        filters.put("round", ValueFilters::round);
        filters.put("abs", (_, input, _) -> abs(input));
        filters.put("attr", ValueFilters::attribute);
    }

    private static Value orDefault(Session session, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("default", "default_value", "boolean");
        boolean isMissing =
                input instanceof Value.Undefined || (bound.flag("boolean") && !Truth.of(input));
        return isMissing ? bound.get("default_value").orElse(Text.EMPTY) : input;
    }

    private static Value toJson(Session session, Value input, Arguments arguments) {
        Arguments.Bound bound =
                arguments.bind("tojson", "ensure_ascii", "indent", "separators", "sort_keys");
        Optional<String> indent = bound.present("indent").map(ValueFilters::indentOf);
        Optional<List<Value>> separators =
                bound.present("separators").map(given -> Items.list(session, given));
        if (separators.isPresent() && separators.get().size() != 2) {
            throw ChatTemplateException.evaluation("tojson() expects two separators");
        }
        return JsonPrinter.write(
                session,
                input,
                new JsonPrinter.Layout(
                        indent,
                        separators
                                .map(two -> separator(two.get(0)))
                                .orElse(indent.isPresent() ? "," : ", "),
                        separators.map(two -> separator(two.get(1))).orElse(": "),
                        bound.flag("ensure_ascii"),
                        bound.flag("sort_keys")));
    }

    private static String separator(Value value) {
        return Arguments.of(value).bind("tojson", "separators").requireText("separators").chars();
    }

    private static String indentOf(Value indent) {
        return indent instanceof Text text
                ? text.chars()
                : " ".repeat(Math.max(0, Math.min(Numbers.toIndex(indent), 1_000)));
    }

    private static Value toInt(Session session, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("int", "default", "base");
        int base = bound.integer("base", 10);
        Optional<BigInteger> number =
                switch (input) {
                    case Text text ->
                            parseInt(text.chars(), base)
                                    .or(() -> parseReal(text.chars()).flatMap(ValueFilters::whole));
                    case Value.Real real when Double.isInfinite(real.value()) ->
                            Optional.of(Numbers.truncate(real.value()).value());
                    case Value.Real real -> whole(real.value());
                    case Value.Int _, Value.Bool _, Value.Undefined _ ->
                            Optional.of(Numbers.whole(input));
                    case Value _ -> Optional.empty();
                };
        return number.<Value>map(Value.Int::new)
                .orElseGet(() -> bound.get("default").orElse(Value.of(0)));
    }

    private static Optional<BigInteger> whole(double value) {
        return Double.isNaN(value) || Double.isInfinite(value)
                ? Optional.empty()
                : Optional.of(Numbers.truncate(value).value());
    }

    private static Optional<BigInteger> parseInt(String written, int base) {
        String text = stripped(written);
        boolean isNegative = text.startsWith("-");
        String digits = isNegative || text.startsWith("+") ? text.substring(1) : text;
        int radix = base;
        if (digits.length() > 2 && digits.charAt(0) == '0') {
            int prefixed =
                    switch (Character.toLowerCase(digits.charAt(1))) {
                        case 'x' -> 16;
                        case 'o' -> 8;
                        case 'b' -> 2;
                        default -> 0;
                    };
            if (prefixed != 0 && (base == 0 || base == prefixed)) {
                radix = prefixed;
                digits = digits.substring(2);
                digits = digits.startsWith("_") ? digits.substring(1) : digits;
            }
        }
        if (radix == 0) {
            // Without a prefix a number in the language's own spelling is decimal.
            boolean hasLeadingZero = digits.startsWith("0") && !digits.matches("[0_]*");
            radix = hasLeadingZero ? -1 : 10;
        }
        if (radix < 2 || radix > 36 || !areDigits(digits, radix) || digits.length() > DIGITS_MAX) {
            return Optional.empty();
        }
        BigInteger number = new BigInteger(digits.replace("_", ""), radix);
        return Optional.of(isNegative ? number.negate() : number);
    }

    /** Digits with single underscores between them. */
    private static boolean areDigits(String digits, int radix) {
        return !digits.isEmpty()
                && !digits.startsWith("_")
                && !digits.endsWith("_")
                && !digits.contains("__")
                && digits.chars().allMatch(c -> c == '_' || Character.digit(c, radix) >= 0);
    }

    private static Value toFloat(Session session, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("float", "default");
        Value fallback = bound.get("default").orElse(new Value.Real(0));
        return switch (input) {
            case Text text -> parseReal(text.chars()).<Value>map(Value.Real::new).orElse(fallback);
            case Value.Int _, Value.Bool _, Value.Real _, Value.Undefined _ ->
                    new Value.Real(Numbers.real(input));
            case Value _ -> fallback;
        };
    }

    private static Optional<Double> parseReal(String written) {
        String text = stripped(written);
        String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        double sign = text.startsWith("-") ? -1 : 1;
        if (unsigned.equalsIgnoreCase("inf") || unsigned.equalsIgnoreCase("infinity")) {
            return Optional.of(sign * Double.POSITIVE_INFINITY);
        }
        if (unsigned.equalsIgnoreCase("nan")) {
            return Optional.of(Double.NaN);
        }
        if (text.length() > DIGITS_MAX) {
            return Optional.empty();
        }
        boolean areUnderscoresFit = !text.matches(".*(?:^|[^0-9])_.*|.*_(?:$|[^0-9]).*");
        String plain = text.replace("_", "");
        return areUnderscoresFit && REAL.matcher(plain).matches()
                ? Optional.of(Double.parseDouble(plain))
                : Optional.empty();
    }

    private static String stripped(String written) {
        return TextOperations.strip(
                        Text.untrusted(written), Optional.empty(), TextOperations.Side.BOTH)
                .chars();
    }

    private static Value round(Session session, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("round", "precision", "method");
        int precision = bound.integer("precision", 0);
        String method = bound.text("method").map(Text::chars).orElse("common");
        if (method.equals("common")) {
            return Numbers.round(input, precision);
        }
        if (!method.equals("ceil") && !method.equals("floor")) {
            throw ChatTemplateException.evaluation("round() expects common, ceil or floor");
        }
        Value scale = Numbers.power(Value.of(10), Value.of(precision));
        Value scaled = Operators.apply(session, Expression.Operator.MULTIPLY, input, scale);
        return Numbers.divide(roundToWhole(scaled, method.equals("ceil")), scale);
    }

    private static Value roundToWhole(Value number, boolean isUp) {
        if (!(number instanceof Value.Real real)) {
            return number;
        }
        double value = real.value();
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Numbers.truncate(value);
        }
        return new Value.Int(
                new BigDecimal(isUp ? Math.ceil(value) : Math.floor(value)).toBigInteger());
    }

    private static Value abs(Value input) {
        return input instanceof Value.Real real
                ? new Value.Real(Math.abs(real.value()))
                : new Value.Int(Numbers.whole(input).abs());
    }

    private static Value attribute(Session session, Value input, Arguments arguments) {
        return Lookup.attributeOnly(input, arguments.bind("attr", "name").requireText("name"));
    }
}
