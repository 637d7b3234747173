package dev.altiplano.planner.claims;

import dev.altiplano.planner.claims.NumberScanner.Decimal;
import dev.altiplano.planner.claims.NumberScanner.Raw;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Cuts a sentence into numbers, words and operators, and decides which mark is the decimal one. A
 * number such as 100.000 says nothing itself; then three zeros, the other numbers, the language and
 * at last English decide, and a note says how it was read.
 */
final class Lexer {
    static final int CHARACTERS_MAX = 2_000;
    private static final int TOKENS_MAX = 300;
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final String SYMBOLS = "=×·*/÷+-−–()%$€¢£,;:~≈<>≤≥→?!&|@";

    /** What a sentence was cut into, with notes on ambiguous numbers. */
    record Tokens(List<Token> list, List<Said> notes) {}

    private final String text;
    private final List<Said> notes = new ArrayList<>();
    private Optional<Decimal> evidence = Optional.empty();
    private boolean mixed;
    private boolean spanish;

    private Lexer(String text) {
        this.text = text;
    }

    /** Throws {@link NotUnderstood} for a text that is too long or has a sign without a meaning. */
    static Tokens read(String sentence) {
        if (sentence.length() > CHARACTERS_MAX) {
            throw new NotUnderstood(
                    Said.of("a sentence of more than {} characters", CHARACTERS_MAX));
        }
        Lexer lexer = new Lexer(normal(sentence));
        lexer.lookAtConvention();
        return new Tokens(lexer.cut(), lexer.notes);
    }

    /** Spaces of all kinds to one, raised digits to {@code ^} and digits. */
    private static String normal(String sentence) {
        String composed = Normalizer.normalize(sentence, Normalizer.Form.NFC);
        StringBuilder plain = new StringBuilder();
        boolean raised = false;
        for (int i = 0; i < composed.length(); i++) {
            char c = composed.charAt(i);
            int digit = SUPERSCRIPTS.indexOf(c);
            if (digit >= 0) {
                plain.append(raised ? "" : "^").append(digit);
            } else if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                plain.append(' ');
            } else if (c == '⁄' || c == '∕') {
                plain.append('/');
            } else {
                plain.append(c);
            }
            raised = digit >= 0;
        }
        return plain.toString().strip();
    }

    private void lookAtConvention() {
        int spanishWords = 0;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isNumberStart(at)) {
                Raw raw = number(at);
                raw.evidence().ifPresent(this::take);
                at = raw.end();
            } else if (Character.isLetter(c)) {
                int end = wordEnd(at);
                spanishWords += Words.isSpanish(text.substring(at, end)) ? 1 : 0;
                at = end;
            } else {
                at++;
            }
        }
        spanish = spanishWords > 0;
    }

    private void take(Decimal decimal) {
        mixed |= evidence.isPresent() && evidence.get() != decimal;
        evidence = Optional.of(decimal);
    }

    private List<Token> cut() {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '"' || c == '“' || c == '”' || (c == '.' && !isNumberStart(at))) {
                at++;
            } else if (isNumberStart(at)) {
                Raw raw = number(at);
                boolean glued = raw.end() < text.length() && isWordPart(text.charAt(raw.end()));
                String shown = text.substring(at, raw.end());
                tokens.add(new Token.Numeral(printed(raw, shown), glued, shown));
                at = raw.end();
            } else if (Character.isLetter(c)) {
                int end = isFactorSign(at, tokens) ? at + 1 : wordEnd(at);
                tokens.add(new Token.Word(text.substring(at, end)));
                at = possessive(end);
            } else if (SYMBOLS.indexOf(c) >= 0) {
                tokens.add(new Token.Symbol(c));
                at++;
            } else {
                throw new NotUnderstood(
                        Said.quoted(new String(Character.toChars(text.codePointAt(at)))));
            }
            if (tokens.size() > TOKENS_MAX) {
                throw new NotUnderstood(Said.of("a sentence of more than {} words", TOKENS_MAX));
            }
        }
        return tokens;
    }

    /** The x of 8x16. */
    private boolean isFactorSign(int at, List<Token> before) {
        return (text.charAt(at) == 'x' || text.charAt(at) == 'X')
                && at + 1 < text.length()
                && NumberScanner.isDigit(text.charAt(at + 1))
                && !before.isEmpty()
                && before.getLast() instanceof Token.Numeral;
    }

    private boolean isNumberStart(int at) {
        char c = text.charAt(at);
        boolean pointed = c == '.' && at + 1 < text.length();
        return NumberScanner.isDigit(c) || (pointed && NumberScanner.isDigit(text.charAt(at + 1)));
    }

    /** The 3 of "Llama 3 405B" is a version, no thousands. */
    private Raw number(int at) {
        boolean version = text.substring(0, at).toLowerCase(Locale.ROOT).endsWith("llama ");
        int end = version ? text.indexOf(' ', at) : -1;
        String readable = end < 0 ? text : text.substring(0, end);
        return NumberScanner.scan(readable, at)
                .orElseThrow(
                        () ->
                                new NotUnderstood(
                                        Said.of("the number {}", Said.quoted(text.substring(at)))));
    }

    private PrintedNumber printed(Raw raw, String shown) {
        PrintedNumber number = PrintedNumber.of(value(raw, shown));
        if (Double.isInfinite(number.value())) {
            throw new NotUnderstood(Said.of("the number {}, which overflows", Said.quoted(shown)));
        }
        return number;
    }

    private BigDecimal value(Raw raw, String shown) {
        Decimal decimal = raw.evidence().orElseGet(() -> guess(raw));
        if (raw.isAmbiguous()) {
            raw.value(decimal)
                    .ifPresent(
                            value ->
                                    notes.add(
                                            Said.of(
                                                    "‘{}’ read as {}",
                                                    Said.quoted(shown),
                                                    value.toPlainString())));
        }
        return raw.value(decimal)
                .orElseThrow(() -> new NotUnderstood(Said.of("the number {}", Said.quoted(shown))));
    }

    private Decimal guess(Raw raw) {
        boolean point = raw.digits().indexOf('.') >= 0;
        if (raw.isAmbiguous() && raw.isRoundThousand()) {
            return point ? Decimal.COMMA : Decimal.POINT;
        }
        if (evidence.isPresent() && !mixed) {
            return evidence.get();
        }
        return spanish ? Decimal.COMMA : Decimal.POINT;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private int wordEnd(int at) {
        int end = at;
        while (end < text.length() && isWordPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** {@code Meta's} is Meta. */
    private int possessive(int end) {
        boolean mark = end < text.length() && (text.charAt(end) == '\'' || text.charAt(end) == '’');
        if (!mark) {
            return end;
        }
        boolean s = end + 1 < text.length() && text.charAt(end + 1) == 's';
        return s && wordEnd(end + 1) == end + 2 ? end + 2 : end + 1;
    }
}
