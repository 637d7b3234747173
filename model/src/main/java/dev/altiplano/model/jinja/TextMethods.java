package dev.altiplano.model.jinja;

import dev.altiplano.model.jinja.TextOperations.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The methods of Python's strings that templates call. */
final class TextMethods {
    private interface Method {
        Value call(Session session, Text self, Arguments arguments);
    }

    private static final Text SPACE = Text.trusted(" ");
    private static final Text ZERO = Text.trusted("0");
    private static final Map<String, Method> METHODS = new HashMap<>();

    static {
        METHODS.put("strip", (_, self, given) -> strip(self, given, Side.BOTH));
        METHODS.put("lstrip", (_, self, given) -> strip(self, given, Side.LEFT));
        METHODS.put("rstrip", (_, self, given) -> strip(self, given, Side.RIGHT));
        METHODS.put("lower", (_, self, _) -> TextOperations.lower(self));
        METHODS.put("casefold", (_, self, _) -> TextOperations.lower(TextOperations.upper(self)));
        METHODS.put("upper", (_, self, _) -> TextOperations.upper(self));
        METHODS.put("capitalize", (_, self, _) -> TextOperations.capitalize(self));
        METHODS.put("title", (_, self, _) -> TextOperations.title(self));
        METHODS.put("swapcase", (_, self, _) -> TextOperations.swapCase(self));
        METHODS.put("split", (_, self, given) -> split(self, given, false));
        METHODS.put("rsplit", (_, self, given) -> split(self, given, true));
        METHODS.put("splitlines", (_, self, given) -> lines(self, given));
        METHODS.put("partition", (_, self, given) -> partition(self, given, false));
        METHODS.put("rpartition", (_, self, given) -> partition(self, given, true));
        METHODS.put("startswith", (_, self, given) -> hasAffix(self, given, true));
        METHODS.put("endswith", (_, self, given) -> hasAffix(self, given, false));
        METHODS.put("removeprefix", (_, self, given) -> removePrefix(self, given));
        METHODS.put("removesuffix", (_, self, given) -> removeSuffix(self, given));
        METHODS.put("replace", TextMethods::replace);
        METHODS.put("join", TextMethods::join);
        METHODS.put("format", BraceFormat::format);
        METHODS.put("find", (_, self, given) -> Value.of(find(self, given, false)));
        METHODS.put("rfind", (_, self, given) -> Value.of(find(self, given, true)));
        METHODS.put("index", (_, self, given) -> index(self, given, false));
        METHODS.put("rindex", (_, self, given) -> index(self, given, true));
        METHODS.put("count", (session, self, given) -> count(session, self, given));
        METHODS.put("center", (session, self, given) -> pad(session, self, given, Side.BOTH));
        METHODS.put("ljust", (session, self, given) -> pad(session, self, given, Side.LEFT));
        METHODS.put("rjust", (session, self, given) -> pad(session, self, given, Side.RIGHT));
        METHODS.put("zfill", TextMethods::zeroFill);
        METHODS.put("islower", (_, self, _) -> Value.of(TextOperations.isLower(self.chars())));
        METHODS.put("isupper", (_, self, _) -> Value.of(TextOperations.isUpper(self.chars())));
        METHODS.put("isspace", (_, self, _) -> all(self, Characters::isSpace));
        METHODS.put("isalpha", (_, self, _) -> all(self, Character::isLetter));
        METHODS.put("isdigit", (_, self, _) -> all(self, Character::isDigit));
        METHODS.put("isdecimal", (_, self, _) -> all(self, Character::isDigit));
        METHODS.put("isnumeric", (_, self, _) -> all(self, TextMethods::isNumeric));
        METHODS.put(
                "isalnum", (_, self, _) -> all(self, c -> Character.isLetter(c) || isNumeric(c)));
        METHODS.put(
                "isascii", (_, self, _) -> Value.of(self.chars().chars().allMatch(c -> c < 0x80)));
    }

    private TextMethods() {}

    static Optional<Value> find(Text self, String name) {
        Method method = METHODS.get(name);
        return method == null
                ? Optional.empty()
                : Optional.of(
                        new Value.Function(
                                "<built-in method %s of str object>".formatted(name),
                                (session, arguments) -> {
                                    session.charge(self.length() / 64);
                                    return method.call(session, self, arguments);
                                }));
    }

    private static Value strip(Text self, Arguments given, Side side) {
        return TextOperations.strip(self, given.bind("strip", "chars").text("chars"), side);
    }

    private static Value split(Text self, Arguments given, boolean isFromEnd) {
        Arguments.Bound bound = given.bind("split", "sep", "maxsplit");
        int splits = bound.integer("maxsplit", -1);
        Optional<Text> separator = bound.text("sep");
        if (separator.isEmpty()) {
            return Sequence.list(
                    isFromEnd
                            ? TextOperations.wordsFromEnd(self, splits)
                            : TextOperations.words(self, splits));
        }
        if (separator.get().isEmpty()) {
            throw ChatTemplateException.evaluation("the separator of split() is empty");
        }
        return Sequence.list(
                isFromEnd
                        ? TextOperations.splitFromEnd(self, separator.get(), splits)
                        : TextOperations.split(self, separator.get(), splits));
    }

    private static Value lines(Text self, Arguments given) {
        boolean keepsEnds = given.bind("splitlines", "keepends").flag("keepends");
        return Sequence.list(TextOperations.lines(self, keepsEnds));
    }

    private static Value partition(Text self, Arguments given, boolean isFromEnd) {
        Text separator = given.bind("partition", "sep").requireText("sep");
        if (separator.isEmpty()) {
            throw ChatTemplateException.evaluation("the separator of partition() is empty");
        }
        int found =
                isFromEnd
                        ? self.chars().lastIndexOf(separator.chars())
                        : self.chars().indexOf(separator.chars());
        if (found < 0) {
            return Sequence.tuple(
                    isFromEnd
                            ? List.of(Text.EMPTY, Text.EMPTY, self)
                            : List.of(self, Text.EMPTY, Text.EMPTY));
        }
        int after = found + separator.length();
        return Sequence.tuple(
                List.of(self.slice(0, found), separator, self.slice(after, self.length())));
    }

    private static Value hasAffix(Text self, Arguments given, boolean isPrefix) {
        String method = isPrefix ? "startswith" : "endswith";
        Arguments.Bound bound = given.bind(method, "affix", "start", "end");
        Text part = range(self, bound);
        Value affix = bound.require("affix");
        if (affix instanceof Sequence choices && choices.isTuple()) {
            return Value.of(
                    choices.items().stream()
                            .anyMatch(choice -> hasAffix(part, asText(method, choice), isPrefix)));
        }
        return Value.of(hasAffix(part, asText(method, affix), isPrefix));
    }

    private static boolean hasAffix(Text self, Text affix, boolean isPrefix) {
        return isPrefix
                ? self.chars().startsWith(affix.chars())
                : self.chars().endsWith(affix.chars());
    }

    private static Text asText(String method, Value value) {
        return Arguments.of(value).bind(method, "affix").requireText("affix");
    }

    private static Value removePrefix(Text self, Arguments given) {
        Text prefix = given.bind("removeprefix", "prefix").requireText("prefix");
        return hasAffix(self, prefix, true) ? self.slice(prefix.length(), self.length()) : self;
    }

    private static Value removeSuffix(Text self, Arguments given) {
        Text suffix = given.bind("removesuffix", "suffix").requireText("suffix");
        return hasAffix(self, suffix, false)
                ? self.slice(0, self.length() - suffix.length())
                : self;
    }

    private static Value replace(Session session, Text self, Arguments given) {
        Arguments.Bound bound = given.bind("replace", "old", "new", "count");
        return TextOperations.replace(
                session,
                self,
                bound.requireText("old"),
                bound.requireText("new"),
                bound.integer("count", -1));
    }

    private static Value join(Session session, Text self, Arguments given) {
        Value items = given.bind("join", "iterable").require("iterable");
        List<Text> parts =
                Items.list(session, items).stream().map(item -> asText("join", item)).toList();
        return TextOperations.join(session, self, parts);
    }

    /** The part between the arguments {@code start} and {@code end}, which count characters. */
    private static Text range(Text self, Arguments.Bound bound) {
        int size = self.chars().codePointCount(0, self.length());
        int start = end(bound.present("start"), 0, size);
        int end = end(bound.present("end"), size, size);
        return Slicing.characters(self, start, end);
    }

    private static int end(Optional<Value> given, int fallback, int size) {
        int index = given.map(Numbers::toIndex).orElse(fallback);
        return Math.max(0, Math.min(size, index < 0 ? index + size : index));
    }

    /** Where {@code sub} begins, in characters, or -1. */
    private static int find(Text self, Arguments given, boolean isFromEnd) {
        Arguments.Bound bound = given.bind("find", "sub", "start", "end");
        String sub = bound.requireText("sub").chars();
        int size = self.chars().codePointCount(0, self.length());
        int start = end(bound.present("start"), 0, size);
        String part = range(self, bound).chars();
        int found = isFromEnd ? part.lastIndexOf(sub) : part.indexOf(sub);
        return found < 0 ? -1 : start + part.codePointCount(0, found);
    }

    private static Value index(Text self, Arguments given, boolean isFromEnd) {
        int found = find(self, given, isFromEnd);
        if (found < 0) {
            throw ChatTemplateException.evaluation("index() did not find the substring");
        }
        return Value.of(found);
    }

    private static Value count(Session session, Text self, Arguments given) {
        Arguments.Bound bound = given.bind("count", "sub", "start", "end");
        Text part = range(self, bound);
        Text sub = bound.requireText("sub");
        if (sub.isEmpty()) {
            return Value.of(part.chars().codePointCount(0, part.length()) + 1L);
        }
        session.chargeItems(part.length() / sub.length());
        return Value.of(TextOperations.split(part, sub, -1).size() - 1L);
    }

    private static Value pad(Session session, Text self, Arguments given, Side side) {
        Arguments.Bound bound = given.bind("pad", "width", "fillchar");
        Text fill = bound.text("fillchar").orElse(SPACE);
        if (fill.chars().codePointCount(0, fill.length()) != 1) {
            throw ChatTemplateException.evaluation("the fill character must be one character");
        }
        return TextOperations.pad(
                session, self, Numbers.toIndex(bound.require("width")), fill, side);
    }

    private static Value zeroFill(Session session, Text self, Arguments given) {
        int width = Numbers.toIndex(given.bind("zfill", "width").require("width"));
        boolean isSigned = self.chars().startsWith("-") || self.chars().startsWith("+");
        int sign = isSigned ? 1 : 0;
        Text digits = self.slice(sign, self.length());
        return self.slice(0, sign)
                .plus(TextOperations.pad(session, digits, width - sign, ZERO, Side.RIGHT));
    }

    private static boolean isNumeric(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private static Value all(Text self, IntPredicate test) {
        return Value.of(!self.isEmpty() && self.chars().codePoints().allMatch(test));
    }
}
