package dev.altiplano.model.jinja;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;

/** How Python prints values: {@code str()} and {@code repr()}. */
final class Printing {
    private Printing() {}

    /** The name of the type, for messages. */
    static String typeName(Value value) {
        return switch (value) {
            case Text _ -> "str";
            case Value.None _ -> "NoneType";
            case Value.Undefined _ -> "Undefined";
            case Value.Bool _ -> "bool";
            case Value.Int _ -> "int";
            case Value.Real _ -> "float";
            case Sequence sequence -> sequence.isTuple() ? "tuple" : "list";
            case Dict _ -> "dict";
            case Value.DictView view -> viewName(view);
            case Value.Range _ -> "range";
            case Value.Stream stream -> stream.typeName();
            case Namespace _ -> "Namespace";
            case Loop _ -> "LoopContext";
            case Value.Function _ -> "function";
        };
    }

    private static String viewName(Value.DictView view) {
        return switch (view.part()) {
            case KEYS -> "dict_keys";
            case VALUES -> "dict_values";
            case ITEMS -> "dict_items";
        };
    }

    /** {@code str(value)}: what a template prints. */
    static Text text(Session session, Value value) {
        return switch (value) {
            case Text text -> text;
            case Value.Undefined _ -> Text.EMPTY;
            case Value _ -> repr(session, value);
        };
    }

    /** {@code repr(value)}: what a list prints of its items. */
    static Text repr(Session session, Value value) {
        Text.Builder target = Text.builder();
        writeRepr(session, value, target);
        return target.build();
    }

    private static void writeRepr(Session session, Value value, Text.Builder target) {
        session.requireText(target.length());
        session.charge(1);
        session.enter();
        switch (value) {
            case Text text -> {
                session.chargeText(text.length());
                target.append(quoted(text));
            }
            case Value.None _ -> target.trusted("None");
            case Value.Undefined _ -> target.trusted("Undefined");
            case Value.Bool bool -> target.trusted(bool.value() ? "True" : "False");
            case Value.Int number -> target.trusted(number.value().toString());
            case Value.Real number -> target.trusted(real(number.value()));
            case Sequence sequence -> writeSequence(session, sequence, target);
            case Dict dict -> writeDict(session, dict, target);
            case Value.DictView view -> {
                target.untrusted(viewName(view)).untrusted("([");
                writeItems(session, view.iterator(), target);
                target.untrusted("])");
            }
            case Value.Range range -> target.trusted(range(range));
            case Value.Stream stream -> target.trusted("<%s>".formatted(stream.typeName()));
            case Namespace namespace -> {
                target.untrusted("<Namespace ");
                writeDict(session, Dict.of(namespace.attributes(), true), target);
                target.untrusted(">");
            }
            case Loop loop -> target.trusted(loop.label());
            case Value.Function function -> target.trusted(function.label());
        }
        session.leave();
    }

    private static void writeSequence(Session session, Sequence sequence, Text.Builder target) {
        target.untrusted(sequence.isTuple() ? "(" : "[");
        writeItems(session, sequence.items().iterator(), target);
        if (sequence.isTuple()) {
            target.untrusted(sequence.items().size() == 1 ? ",)" : ")");
        } else {
            target.untrusted("]");
        }
    }

    private static void writeItems(Session session, Iterator<Value> items, Text.Builder target) {
        boolean isFirst = true;
        while (items.hasNext()) {
            target.untrusted(isFirst ? "" : ", ");
            writeRepr(session, items.next(), target);
            isFirst = false;
        }
    }

    private static void writeDict(Session session, Dict dict, Text.Builder target) {
        target.untrusted("{");
        boolean isFirst = true;
        for (Map.Entry<Value, Value> entry : dict.entries().entrySet()) {
            target.untrusted(isFirst ? "" : ", ");
            writeRepr(session, entry.getKey(), target);
            target.untrusted(": ");
            writeRepr(session, entry.getValue(), target);
            isFirst = false;
        }
        target.untrusted("}");
    }

    private static String range(Value.Range range) {
        return range.step() == 1
                ? "range(%d, %d)".formatted(range.start(), range.stop())
                : "range(%d, %d, %d)".formatted(range.start(), range.stop(), range.step());
    }

    private static Text quoted(Text text) {
        boolean isDouble = text.chars().indexOf('\'') >= 0 && text.chars().indexOf('"') < 0;
        String quote = isDouble ? "\"" : "'";
        return Text.builder()
                .untrusted(quote)
                .append(text.map(part -> escaped(part, quote.charAt(0))))
                .untrusted(quote)
                .build();
    }

    private static String escaped(String part, char quote) {
        StringBuilder result = new StringBuilder(part.length() + 8);
        part.codePoints()
                .forEach(
                        codePoint -> {
                            switch (codePoint) {
                                case '\n' -> result.append("\\n");
                                case '\r' -> result.append("\\r");
                                case '\t' -> result.append("\\t");
                                case '\\' -> result.append("\\\\");
                                default -> {
                                    if (codePoint == quote) {
                                        result.append('\\').append(quote);
                                    } else if (Characters.isPrintable(codePoint)) {
                                        result.appendCodePoint(codePoint);
                                    } else {
                                        result.append(numericEscape(codePoint));
                                    }
                                }
                            }
                        });
        return result.toString();
    }

    private static String numericEscape(int codePoint) {
        if (codePoint < 0x100) {
            return "\\x%02x".formatted(codePoint);
        }
        return codePoint < 0x10000
                ? "\\u%04x".formatted(codePoint)
                : "\\U%08x".formatted(codePoint);
    }

    /**
     * {@code repr(float)}: the shortest digits that read back as the same float, with an exponent
     * below 1e-4 and from 1e16 on.
     */
    static String real(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String sign = value < 0 ? "-" : "";
        if (exponent >= -4 && exponent < 16) {
            String plain = shortest.toPlainString();
            return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
        }
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return "%s%s%se%s%02d"
                .formatted(
                        sign,
                        digits.charAt(0),
                        fraction,
                        exponent < 0 ? "-" : "+",
                        Math.abs(exponent));
    }
}
