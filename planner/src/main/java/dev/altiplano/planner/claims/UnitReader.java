package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the unit after a number: unit words and accelerator names side by side or joined by a
 * hyphen multiply ({@code H100 hours}), {@code /}, {@code per} and {@code por} divide, by all that
 * follows ({@code USD per GPU hour}). {@code H100 GPUs} and {@code chips H100} are one thing.
 */
final class UnitReader {
    private static final int ATOMS_MAX = 6;
    private static final Unit GPU = Unit.of("gpu");

    /**
     * What stands after a number.
     *
     * @param end index of the first token that is no part of it
     */
    record Found(Unit unit, Optional<Chip> chip, int end, List<Said> notes) {}

    private record Atom(Unit unit, Optional<Chip> chip, int end) {}

    private final List<Token> tokens;
    private final List<Chip> chips;

    UnitReader(List<Token> tokens, List<Chip> chips) {
        this.tokens = tokens;
        this.chips = chips;
    }

    /** Every accelerator as people write it. */
    List<String> chipNames() {
        return chips.stream().flatMap(chip -> chip.names().stream()).distinct().toList();
    }

    Found read(int start) {
        return readFrom(start, Unit.NONE, Optional.empty());
    }

    /** The rest of a unit that begins with {@code first}, as {@code /h} after {@code $2}. */
    Found readBelow(int start, Unit first) {
        return readFrom(start, first, Optional.empty());
    }

    private Found readFrom(int start, Unit first, Optional<Chip> firstChip) {
        Unit unit = first;
        Optional<Chip> chip = firstChip;
        int end = start;
        boolean below = false;
        boolean counted = false;
        for (int atoms = 0; atoms < ATOMS_MAX; atoms++) {
            int next = end;
            boolean divides = below;
            boolean bare = unit.equals(Unit.NONE);
            if (isHyphen(next) && !bare) {
                next++;
            } else if (!bare) {
                int after = divider(next);
                divides |= after > next;
                next = after;
            }
            Optional<Atom> atom = atom(skipOf(next));
            if (atom.isEmpty()) {
                break;
            }
            boolean counts = atom.get().unit().dimension().equals(Dimensions.GPU);
            if (counts && !divides && unit.dimension().equals(Dimensions.POWER)) {
                break;
            }
            boolean sameThing = counted && counts && divides == below;
            unit = sameThing ? unit : joined(unit, atom.get().unit(), divides);
            chip = chip.or(atom.get()::chip);
            below = divides;
            counted = counts;
            end = atom.get().end();
        }
        return new Found(unit, chip, end, notes(start, end));
    }

    private static Unit joined(Unit unit, Unit atom, boolean divides) {
        if (unit.equals(Unit.NONE)) {
            return atom;
        }
        return divides
                ? new Unit(
                        unit.symbol() + "/" + atom.symbol(),
                        unit.dimension().over(atom.dimension()),
                        unit.factor() / atom.factor())
                : new Unit(
                        unit.symbol() + "*" + atom.symbol(),
                        unit.dimension().times(atom.dimension()),
                        unit.factor() * atom.factor());
    }

    private List<Said> notes(int start, int end) {
        List<Said> notes = new ArrayList<>();
        for (Token token : tokens.subList(start, end)) {
            switch (Words.plain(token.text())) {
                case "ton", "tons" ->
                        notes.add(
                                Said.of(
                                        "‘{}’ read as tonnes, 1,000 kg",
                                        Said.quoted(token.text())));
                default -> {}
            }
        }
        return notes;
    }

    private boolean isHyphen(int at) {
        return at < tokens.size() && tokens.get(at).text().equals("-") && isWord(at + 1);
    }

    private boolean isWord(int at) {
        return at < tokens.size() && tokens.get(at) instanceof Token.Word;
    }

    /** Index after {@code /}, {@code per}, {@code por} or {@code a} if a unit follows. */
    private int divider(int start) {
        int at = start;
        if (at < tokens.size() && isGas(tokens.get(at).text())) {
            at++;
        }
        if (at >= tokens.size() || !isWord(at + 1)) {
            return start;
        }
        String text = Words.plain(tokens.get(at).text());
        boolean divides =
                switch (text) {
                    case "/", "per", "por", "a", "al", "each", "cada", "every" -> true;
                    default -> false;
                };
        return divides && atom(at + 1).isPresent() ? at + 1 : start;
    }

    private static boolean isGas(String text) {
        return switch (Words.plain(text)) {
            case "co2", "co2e", "co2eq" -> true;
            default -> false;
        };
    }

    /** {@code millones de dólares}, {@code horas de GPU}. */
    private int skipOf(int at) {
        if (at < tokens.size() && isWord(at + 1)) {
            String text = Words.plain(tokens.get(at).text());
            boolean of = text.equals("de") || text.equals("of");
            return of && atom(at + 1).isPresent() ? at + 1 : at;
        }
        return at;
    }

    private Optional<Atom> atom(int start) {
        if (start >= tokens.size()) {
            return Optional.empty();
        }
        Token token = tokens.get(start);
        if (token instanceof Token.Symbol symbol) {
            return sign(symbol.symbol(), start);
        }
        if (!(token instanceof Token.Word word)) {
            return Optional.empty();
        }
        Optional<Atom> chip = chip(start);
        if (chip.isPresent()) {
            return chip;
        }
        String plain = Words.plain(word.text());
        if (textAt(start + 1).equals("only")) {
            return Optional.empty();
        }
        boolean and = plain.equals("y") || plain.equals("a") || plain.equals("e");
        if (and || (Words.isSpanish(word.text()) && plain.length() <= 2)) {
            return Optional.empty();
        }
        if (plain.equals("percent") || plain.equals("pct")) {
            return Optional.of(new Atom(Unit.of("%"), Optional.empty(), start + 1));
        }
        if (plain.equals("por") && textAt(start + 1).equals("ciento")) {
            return Optional.of(new Atom(Unit.of("%"), Optional.empty(), start + 2));
        }
        return UnitWords.unit(word.text()).map(unit -> new Atom(unit, Optional.empty(), start + 1));
    }

    private static Optional<Atom> sign(char symbol, int start) {
        return switch (symbol) {
            case '%' -> Optional.of(new Atom(Unit.of("%"), Optional.empty(), start + 1));
            case '$' -> Optional.of(new Atom(Unit.of("USD"), Optional.empty(), start + 1));
            case '€' -> Optional.of(new Atom(UnitWords.EURO, Optional.empty(), start + 1));
            case '£' -> Optional.of(new Atom(UnitWords.POUND, Optional.empty(), start + 1));
            case '¢' -> Optional.of(new Atom(Unit.of("c"), Optional.empty(), start + 1));
            default -> Optional.empty();
        };
    }

    /** The longest accelerator name of up to four words, hyphens left out. */
    private Optional<Atom> chip(int start) {
        StringBuilder name = new StringBuilder();
        @Nullable Atom longest = null;
        for (int i = start; i < Math.min(tokens.size(), start + 6); i++) {
            String text = Words.plain(tokens.get(i).text());
            boolean maker = name.isEmpty() && (text.equals("nvidia") || text.equals("amd"));
            if (maker || text.equals("-")) {
                continue;
            }
            name.append(text);
            int end = i + 1;
            longest =
                    chips.stream()
                            .filter(chip -> chip.names().contains(name.toString()))
                            .findFirst()
                            .map(chip -> new Atom(GPU, Optional.of(chip), end))
                            .orElse(longest);
        }
        return Optional.ofNullable(longest);
    }

    private String textAt(int at) {
        return at < tokens.size() ? Words.plain(tokens.get(at).text()) : "";
    }
}
