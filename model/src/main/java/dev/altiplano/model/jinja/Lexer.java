package dev.altiplano.model.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into tokens and takes away the whitespace that {@code trim_blocks}, {@code
 * lstrip_blocks} and the signs {@code -} and {@code +} at a tag ask for.
 *
 * <p>A tag swallows the newline behind it, and the blanks between the start of its line and itself;
 * {@code -} swallows all whitespace on its side, {@code +} none. A printed expression swallows only
 * what {@code -} asks for.
 */
final class Lexer {
    private static final Pattern FLOAT =
            Pattern.compile(
                    "(?<!\\.)(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?[eE][+-]?(?:\\d+_)*\\d+"
                            + "|\\.(?:\\d+_)*\\d+)");
    private static final Pattern INTEGER =
            Pattern.compile(
                    "0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+"
                            + "|[1-9](?:_?\\d)*|0(?:_?0)*");
    private static final Pattern OPERATOR =
            Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}><=.:|,;]");

    private static final Pattern RAW_BEGIN =
            Pattern.compile("\\{%([-+]?)\\s*raw\\s*(?:-%}\\s*|%})");
    private static final Pattern RAW_END =
            Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(?:\\+%}|-%}\\s*|%}\\n?)");

    private final String source;
    private final SourceLines lines;
    private final List<Token> tokens = new ArrayList<>();

    /** The brackets that are open inside the tag, as the brackets that close them. */
    private final Deque<String> openBrackets = new ArrayDeque<>();

    private int position;

    /** Whether nothing but a line's beginning stands before the position. */
    private boolean isLineStart = true;

    private Lexer(String source) {
        this.source = source;
        this.lines = new SourceLines(source);
    }

    /** The template's tokens, {@link Token.Kind#END} last. */
    static List<Token> tokenize(String template) {
        String source = template.replace("\r\n", "\n").replace('\r', '\n');
        // As Jinja: the one newline that an editor puts at a file's end is no part of the text.
        if (source.endsWith("\n")) {
            source = source.substring(0, source.length() - 1);
        }
        return new Lexer(source).run();
    }

    private List<Token> run() {
        while (position < source.length()) {
            int tag = nextTag();
            if (tag < 0) {
                addData(source.substring(position), position);
                position = source.length();
            } else if (source.charAt(tag + 1) == '#') {
                openTag(tag, 2, true);
                skipComment(tag);
            } else if (source.charAt(tag + 1) == '{') {
                openTag(tag, 2, false);
                add(Token.Kind.PRINT_BEGIN, "{{", tag);
                expression("}}", Token.Kind.PRINT_END);
            } else {
                statement(tag);
            }
        }
        add(Token.Kind.END, "", source.length());
        return tokens;
    }

    private int nextTag() {
        for (int i = source.indexOf('{', position); i >= 0; i = source.indexOf('{', i + 1)) {
            if (i + 1 < source.length() && "%#{".indexOf(source.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private void statement(int tag) {
        Matcher raw = matcherAt(RAW_BEGIN, tag);
        if (raw.lookingAt()) {
            addDataBefore(tag, raw.group(1), true);
            moveTo(raw.end());
            rawBlock(tag);
            return;
        }
        openTag(tag, 2, true);
        add(Token.Kind.TAG_BEGIN, "{%", tag);
        expression("%}", Token.Kind.TAG_END);
    }

    /** Adds the text before a tag and steps over the tag's opening and its sign. */
    private void openTag(int tag, int width, boolean isStripped) {
        int end = tag + width;
        String sign = "";
        if (end < source.length() && (source.charAt(end) == '-' || source.charAt(end) == '+')) {
            sign = source.substring(end, end + 1);
            end++;
        }
        addDataBefore(tag, sign, isStripped);
        moveTo(end);
    }

    private void addDataBefore(int tag, String sign, boolean isStripped) {
        String data = source.substring(position, tag);
        if (sign.equals("-")) {
            data = withoutSpaceAtEnd(data, 0);
        } else if (sign.isEmpty() && isStripped) {
            int line = data.lastIndexOf('\n') + 1;
            if ((line > 0 || isLineStart) && withoutSpaceAtEnd(data, line).length() == line) {
                data = data.substring(0, line);
            }
        }
        addData(data, position);
    }

    private static String withoutSpaceAtEnd(String data, int start) {
        int end = data.length();
        while (end > start && Characters.isSpace(data.charAt(end - 1))) {
            end--;
        }
        return data.substring(0, end);
    }

    private void skipComment(int tag) {
        int close = source.indexOf("#}", position);
        if (close < 0) {
            throw ChatTemplateException.syntax(
                    lines.at(tag), "this comment has no end. Close it with '#}'.");
        }
        char sign = close > position ? source.charAt(close - 1) : ' ';
        moveTo(close + 2);
        closeTag(sign, true);
    }

    private void rawBlock(int tag) {
        Matcher end = RAW_END.matcher(source);
        if (!end.find(position)) {
            throw ChatTemplateException.syntax(
                    lines.at(tag), "this raw block has no end. Close it with '{% endraw %}'.");
        }
        addDataBefore(end.start(), end.group(1), true);
        moveTo(end.end());
        if (end.group().endsWith("-%}")) {
            closeTag('-', true);
        }
    }

    private void closeTag(char sign, boolean isTrimmed) {
        int end = position;
        if (sign == '-') {
            while (end < source.length() && Characters.isSpace(source.charAt(end))) {
                end++;
            }
        } else if (sign != '+' && isTrimmed && source.startsWith("\n", end)) {
            end++;
        }
        moveTo(end);
    }

    private void moveTo(int end) {
        isLineStart = end > 0 && source.charAt(end - 1) == '\n';
        position = end;
    }

    /** The tokens up to {@code closing}, which ends only where no bracket is open. */
    private void expression(String closing, Token.Kind closingKind) {
        openBrackets.clear();
        int opened = position;
        while (true) {
            skipSpace();
            if (position >= source.length()) {
                throw ChatTemplateException.syntax(
                        lines.at(Math.max(0, opened - 1)),
                        "this tag has no end. Close it with '%s'.".formatted(closing));
            }
            if (openBrackets.isEmpty() && isClosed(closing, closingKind)) {
                return;
            }
            if (!addNumber() && !addName() && !addString()) {
                addOperator();
            }
        }
    }

    private boolean isClosed(String closing, Token.Kind kind) {
        char sign = source.charAt(position);
        boolean isTag = kind == Token.Kind.TAG_END;
        boolean isSigned = sign == '-' || (isTag && sign == '+');
        int start = isSigned ? position + 1 : position;
        if (!source.startsWith(closing, start)) {
            return false;
        }
        add(kind, closing, position);
        moveTo(start + closing.length());
        closeTag(isSigned ? sign : ' ', isTag);
        return true;
    }

    private void skipSpace() {
        while (position < source.length() && Characters.isSpace(source.charAt(position))) {
            position++;
        }
    }

    private boolean addNumber() {
        Matcher number = matcherAt(FLOAT, position);
        Token.Kind kind = Token.Kind.FLOAT;
        if (!number.lookingAt()) {
            number = matcherAt(INTEGER, position);
            kind = Token.Kind.INTEGER;
            if (!number.lookingAt()) {
                return false;
            }
        }
        add(kind, number.group().replace("_", ""), position);
        position = number.end();
        return true;
    }

    private boolean addName() {
        int first = source.codePointAt(position);
        if (first != '_' && !Character.isUnicodeIdentifierStart(first)) {
            return false;
        }
        int end = position;
        while (end < source.length() && isNamePart(source.codePointAt(end))) {
            end += Character.charCount(source.codePointAt(end));
        }
        add(Token.Kind.NAME, source.substring(position, end), position);
        position = end;
        return true;
    }

    private static boolean isNamePart(int codePoint) {
        return Character.isUnicodeIdentifierPart(codePoint)
                && !Character.isIdentifierIgnorable(codePoint);
    }

    private boolean addString() {
        char quote = source.charAt(position);
        if (quote != '\'' && quote != '"') {
            return false;
        }
        int end = position + 1;
        while (end < source.length() && source.charAt(end) != quote) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= source.length()) {
            throw ChatTemplateException.syntax(
                    lines.at(position), "this string has no end. Close it with " + quote + ".");
        }
        add(
                Token.Kind.STRING,
                StringEscapes.resolve(source.substring(position + 1, end), lines.at(position)),
                position);
        position = end + 1;
        return true;
    }

    private void addOperator() {
        Matcher operator = matcherAt(OPERATOR, position);
        if (!operator.lookingAt()) {
            throw ChatTemplateException.syntax(
                    lines.at(position),
                    "expected an expression, found the character '%s'. Quote it or take it out."
                            .formatted(Character.toString(source.codePointAt(position))));
        }
        String text = operator.group();
        switch (text) {
            case "(" -> openBrackets.push(")");
            case "[" -> openBrackets.push("]");
            case "{" -> openBrackets.push("}");
            case ")", "]", "}" -> {
                if (openBrackets.isEmpty() || !openBrackets.pop().equals(text)) {
                    throw ChatTemplateException.syntax(
                            lines.at(position),
                            "'%s' closes nothing. Match every bracket.".formatted(text));
                }
            }
            default -> {}
        }
        add(Token.Kind.OPERATOR, text, position);
        position = operator.end();
    }

    private Matcher matcherAt(Pattern pattern, int start) {
        return pattern.matcher(source).region(start, source.length()).useTransparentBounds(true);
    }

    private void addData(String data, int start) {
        if (!data.isEmpty()) {
            add(Token.Kind.DATA, data, start);
        }
    }

    private void add(Token.Kind kind, String text, int start) {
        tokens.add(new Token(kind, text, lines.at(start)));
    }
}
