package dev.altiplano.planner.claims;

import dev.altiplano.planner.claims.Lexer.Tokens;
import dev.altiplano.planner.quantity.Unit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks up every word of a sentence. One that is not known makes the sentence unreadable: a word
 * that was passed over could have been a "not". The longest phrase wins.
 */
final class StatementParser {
    private final List<Token> tokens;
    private final List<Item> items = new ArrayList<>();
    private final List<String> notes;
    private final Set<Meaning> flags = EnumSet.noneOf(Meaning.class);
    private final UnitReader units;
    private int at;

    private StatementParser(Tokens tokens, ClaimConstants constants) {
        this.tokens = tokens.list();
        this.notes = new ArrayList<>(tokens.notes());
        this.units = new UnitReader(this.tokens, constants.chips());
    }

    /** Throws {@link NotUnderstood} with the part that has no meaning here. */
    static Statement parse(String sentence, ClaimConstants constants) {
        StatementParser parser = new StatementParser(Lexer.read(Words.folded(sentence)), constants);
        parser.lookUpAll();
        parser.refuseTwoCurrencies();
        Bound.Extracted bounded = Bound.from(parser.items);
        return new Statement(
                new Qualifiers(bounded.items(), parser.flags).attached(),
                parser.flags,
                bounded.bound(),
                parser.notes);
    }

    private void refuseTwoCurrencies() {
        long currencies = Stream.of("USD", "EUR", "GBP").filter(this::hasUnit).count();
        if (currencies > 1) {
            throw new NotUnderstood("two currencies (exchange rates are not known)");
        }
    }

    private boolean hasUnit(String name) {
        return items.stream()
                .anyMatch(
                        item ->
                                item instanceof Item.Value value
                                        && value.measure().unit().symbol().contains(name));
    }

    private void lookUpAll() {
        while (at < tokens.size()) {
            switch (tokens.get(at)) {
                case Token.Numeral number -> number(number);
                case Token.Word word -> word(word);
                case Token.Symbol symbol -> symbol(symbol.symbol());
            }
        }
    }

    private void number(Token.Numeral token) {
        at++;
        PrintedNumber number = scaled(token.number(), token.glued());
        value(number, units.read(at));
    }

    private void value(PrintedNumber number, UnitReader.Found found) {
        at = found.end();
        notes.addAll(found.notes());
        items.add(new Item.Value(Measure.of(number, found.unit()).in(found.unit(), found.chip())));
    }

    /** {@code 2 mil millones}, {@code 1.5M}, {@code 500 m}. */
    private PrintedNumber scaled(PrintedNumber number, boolean glued) {
        PrintedNumber scaled = number;
        boolean joined = glued;
        while (at < tokens.size() && tokens.get(at) instanceof Token.Word word) {
            Optional<Double> letter = UnitWords.scaleLetter(word.text());
            boolean isUnit = !joined && UnitWords.unit(word.text()).isPresent();
            Optional<Double> factor =
                    letter.isPresent() && !isUnit ? letter : UnitWords.scale(word.text());
            if (factor.isEmpty()) {
                break;
            }
            UnitWords.scaleNote(word.text(), factor.get()).ifPresent(notes::add);
            scaled = scaled.scaled(factor.get());
            joined = false;
            at++;
        }
        return scaled;
    }

    private void word(Token.Word word) {
        Optional<Double> scale = UnitWords.scale(word.text());
        if (scale.isPresent()) {
            PrintedNumber number = scaled(PrintedNumber.exactly(1), false);
            value(number, units.read(at));
            return;
        }
        if (degree(word.text()) || model(word.text()) || currency(word.text())) {
            return;
        }
        for (int count = Words.PHRASE_WORDS_MAX; count >= 1; count--) {
            Optional<Meaning> meaning = words(at, count).flatMap(Words::meaning);
            if (meaning.isPresent()) {
                String text = words(at, count).orElseThrow();
                at += count;
                add(meaning.get(), text);
                return;
            }
        }
        UnitReader.Found found = units.read(at);
        if (found.end() == at) {
            throw new NotUnderstood(word.text());
        }
        value(PrintedNumber.exactly(1), found);
    }

    /** {@code count} words from {@code from} on, joined by spaces. */
    private Optional<String> words(int from, int count) {
        List<String> parts = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            if (i >= tokens.size() || !(tokens.get(i) instanceof Token.Word word)) {
                return Optional.empty();
            }
            parts.add(word.text());
        }
        return Optional.of(String.join(" ", parts));
    }

    private void add(Meaning meaning, String text) {
        if (meaning == Meaning.NEGATION) {
            throw new NotUnderstood(text + " (a denial cannot be checked)");
        }
        if (meaning != Meaning.FILLER) {
            items.add(new Item.Word(meaning, text));
        }
    }

    /** {@code tp 8}, {@code tp=8}, {@code tp8}: a bare factor. */
    private boolean degree(String word) {
        String name = word.length() < 2 ? "" : Words.plain(word.substring(0, 2));
        boolean isDegree = Words.meaning(name).equals(Optional.of(Meaning.DEGREE));
        String digits = isDegree ? word.substring(2) : "";
        if (isDegree && !digits.isEmpty() && digits.length() < 9 && isNumber(digits)) {
            at++;
            PrintedNumber number = PrintedNumber.exactly(Integer.parseInt(digits));
            items.add(new Item.Value(Measure.of(number, Unit.NONE).labelled(Meaning.DEGREE)));
            return true;
        }
        int next = at + 1;
        if (next < tokens.size() && tokens.get(next).text().equals("=")) {
            next++;
        }
        if (isDegree
                && digits.isEmpty()
                && next < tokens.size()
                && tokens.get(next) instanceof Token.Numeral number) {
            at = next + 1;
            items.add(
                    new Item.Value(
                            Measure.of(number.number(), Unit.NONE).labelled(Meaning.DEGREE)));
            return true;
        }
        return false;
    }

    private static boolean isNumber(String digits) {
        return digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private boolean model(String word) {
        Optional<KnownModel.Found> found = KnownModel.find(tokens, at, word);
        found.ifPresent(
                model -> {
                    at = model.end();
                    notes.add(model.note());
                    items.add(new Item.Value(model.parameters()));
                });
        return found.isPresent();
    }

    /** {@code USD 40 bn}, {@code US$40 bn}. */
    private boolean currency(String word) {
        boolean us = Words.plain(word).equals("us");
        boolean named = us || Words.plain(word).equals("usd");
        int next = at + 1;
        if (us && next < tokens.size() && tokens.get(next).text().equals("$")) {
            next++;
        } else if (us) {
            return false;
        }
        return named && money(next);
    }

    /** A number at {@code next} that is an amount of money. */
    private boolean money(int next) {
        if (next >= tokens.size() || !(tokens.get(next) instanceof Token.Numeral number)) {
            return false;
        }
        at = next + 1;
        PrintedNumber amount = scaled(number.number(), number.glued());
        UnitReader.Found below = units.readBelow(at, Unit.of("USD"));
        value(amount, below);
        return true;
    }

    /** {@code >}, {@code >=}. */
    private void bound(Meaning side, char symbol) {
        if (at < tokens.size() && tokens.get(at).text().equals("=")) {
            at++;
        }
        items.add(new Item.Word(Meaning.EQUALS, "="));
        items.add(new Item.Word(side, String.valueOf(symbol)));
    }

    private void symbol(char symbol) {
        if (symbol == '$' && money(at + 1)) {
            return;
        }
        at++;
        switch (symbol) {
            case '=', '≈' -> {
                items.add(new Item.Word(Meaning.EQUALS, "="));
                if (symbol == '≈') {
                    items.add(new Item.Word(Meaning.ABOUT, "≈"));
                }
            }
            case '>', '≥' -> bound(Meaning.MORE_THAN, symbol);
            case '<', '≤' -> bound(Meaning.LESS_THAN, symbol);
            case '~' -> items.add(new Item.Word(Meaning.ABOUT, "~"));
            case '×', '·', '*' -> items.add(new Item.Word(Meaning.TIMES, "×"));
            case '/', '÷' -> items.add(new Item.Word(Meaning.DIVIDED, "/"));
            case '+' -> items.add(new Item.Word(Meaning.PLUS, "+"));
            case '-', '−', '–' -> items.add(new Item.Word(Meaning.MINUS, "-"));
            case '(' -> items.add(new Item.Word(Meaning.OPEN, "("));
            case ')' -> items.add(new Item.Word(Meaning.CLOSE, ")"));
            case '→' -> items.add(new Item.Word(Meaning.TO, "→"));
            case ',', ';' -> items.add(new Item.Word(Meaning.COMMA, ","));
            case ':', '?', '!' -> {}
            default -> throw new NotUnderstood(String.valueOf(symbol));
        }
    }
}
