package dev.altiplano.planner.claims;

import dev.altiplano.planner.claims.Lexer.Tokens;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.schema.Nearest;
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
    private final List<Said> notes;
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
            throw new NotUnderstood(Said.of("two currencies (exchange rates are not known)"));
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
        if (Years.isYear(number) && units.read(at).end() == at && Years.drop(items)) {
            notes.add(Said.of("‘{}’ read as a year", Said.quoted(token.text())));
            return;
        }
        skipAdjective();
        value(number, units.read(at));
    }

    /** {@code 17B active parameters}, {@code 400B total parameters}. */
    private void skipAdjective() {
        if (at + 1 >= tokens.size() || units.read(at).end() > at) {
            return;
        }
        String word = Words.plain(tokens.get(at).text());
        boolean active = words(at, 1).flatMap(Words::meaning).equals(Optional.of(Meaning.ACTIVE));
        boolean total = word.equals("total") || word.equals("totales");
        if ((active || total) && units.read(at + 1).end() > at + 1) {
            at++;
            if (active) {
                items.add(new Item.Word(Meaning.ACTIVE, word));
            }
        }
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
        boolean per = !items.isEmpty() && items.getLast().means(Meaning.PER);
        Optional<Double> scale =
                per
                        ? UnitWords.scaleLetter(word.text()).or(() -> UnitWords.scale(word.text()))
                        : UnitWords.scale(word.text());
        Optional<Double> written = UnitWords.count(word.text());
        if (scale.isPresent() || written.isPresent()) {
            at += written.isPresent() ? 1 : 0;
            PrintedNumber number = scaled(PrintedNumber.exactly(written.orElse(1.0)), false);
            value(number, units.read(at));
            return;
        }
        if (perThousand(word.text()) || degree() || model(word.text()) || currency(word.text())) {
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
            throw new NotUnderstood(unknown(word.text()));
        }
        if (isWhatDraws(found)) {
            at = found.end();
            items.add(new Item.Word(Meaning.ACCELERATOR, word.text()));
            return;
        }
        value(PrintedNumber.exactly(1), found);
    }

    /** A word with a digit may be a mistyped accelerator. */
    private Said unknown(String word) {
        boolean isName = word.chars().anyMatch(Character::isDigit);
        List<String> near = isName ? Nearest.to(word, units.chipNames()) : List.of();
        return near.isEmpty()
                ? Said.quoted(word)
                : Said.of(
                        "{} (did you mean {}?)",
                        Said.quoted(word),
                        Said.quoted(String.join(", ", near)));
    }

    /** {@code 70 MW GPUs}: the power at the accelerators. */
    private boolean isWhatDraws(UnitReader.Found found) {
        return found.unit().dimension().equals(Dimensions.GPU)
                && found.chip().isEmpty()
                && !items.isEmpty()
                && items.getLast() instanceof Item.Value value
                && value.measure().dimension().equals(Dimensions.POWER);
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
            throw new NotUnderstood(Said.of("{} (a denial cannot be checked)", Said.quoted(text)));
        }
        boolean compares = meaning == Meaning.MORE_THAN || meaning == Meaning.LESS_THAN;
        boolean share =
                !items.isEmpty()
                        && items.getLast() instanceof Item.Value value
                        && value.measure().isPercent();
        if (compares && share) {
            boolean more = meaning == Meaning.MORE_THAN;
            items.add(new Item.Word(more ? Meaning.GREW : Meaning.FELL, text));
            items.add(new Item.Word(Meaning.VERSUS, text));
        } else if (meaning != Meaning.FILLER) {
            items.add(new Item.Word(meaning, text));
        }
    }

    private boolean degree() {
        Optional<LayoutDegree> found = LayoutDegree.find(tokens, at);
        found.ifPresent(
                degree -> {
                    at = degree.end();
                    items.add(new Item.Value(degree.measure()));
                });
        return found.isPresent();
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

    /** {@code 5 USD CPM}: the price of a thousand. */
    private boolean perThousand(String word) {
        if (!Words.plain(word).equals("cpm")) {
            return false;
        }
        at++;
        items.add(new Item.Word(Meaning.PER, word));
        items.add(new Item.Value(Measure.of(PrintedNumber.exactly(1_000), Unit.NONE)));
        return true;
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
        boolean arrow = symbol == '-' && at < tokens.size() && tokens.get(at).text().equals(">");
        if (arrow) {
            at++;
            items.add(new Item.Word(Meaning.TO, "->"));
            return;
        }
        switch (symbol) {
            case '@' -> items.add(new Item.Word(Meaning.AT, "@"));
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
            default -> throw new NotUnderstood(Said.quoted(String.valueOf(symbol)));
        }
    }
}
