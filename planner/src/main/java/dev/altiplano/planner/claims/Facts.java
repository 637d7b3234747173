package dev.altiplano.planner.claims;

import dev.altiplano.planner.file.Value;
import dev.altiplano.planner.schema.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Published figures that a claim without arithmetic can be held against, by the words in it. */
final class Facts {
    /**
     * One way to compute a figure.
     *
     * @param is an expression
     * @param period empty if it has none
     */
    record Given(Said name, String is, String period, boolean expected, String source) {
        static Given of(Section section) {
            return new Given(
                    Said.named(section.text("name")),
                    section.text("is"),
                    section.optionalText("period").orElse(""),
                    section.flag("expected"),
                    section.optionalText("source").orElse(""));
        }
    }

    /**
     * A figure.
     *
     * @param words all must stand in a claim
     * @param drop may stand there, too
     */
    record Fact(List<String> words, String drop, List<Given> given) {}

    /** A fact, the claim without the fact's words, and the period that it names. */
    record Match(Fact fact, String rest, Optional<String> period) {}

    /** A period by the words that name it, | between them. */
    private record Period(String name, String words) {}

    /** The narrower first: a sentence may name a quarter of a year. */
    private static final List<Period> PERIODS =
            List.of(
                    new Period(
                            "Q3 2024",
                            "q3|third quarter|tercer trimestre|last quarter|el trimestre"),
                    new Period(
                            "9M 2024",
                            "first nine months|nine months|primeros nueve meses|nueve meses|9m"),
                    new Period(
                            "FY 2024",
                            "full year|whole year|the year|año completo|todo el año|el año|ejercicio|fy"));

    private final List<Fact> facts;

    private Facts(List<Fact> facts) {
        this.facts = facts;
    }

    static Facts builtIn() {
        Value file = ClaimsFile.resource("facts.yaml");
        List<Fact> facts = new ArrayList<>();
        for (Section section : ClaimsFile.blocks(file, ClaimsFile.FACTS, "facts")) {
            facts.add(
                    new Fact(
                            List.of(section.text("words").split(",", -1)),
                            section.optionalText("drop").orElse(""),
                            section.blocks("readings").stream().map(Given::of).toList()));
        }
        return new Facts(List.copyOf(facts));
    }

    /** The fact with the most words in the claim. */
    Optional<Match> find(String claim) {
        if (claim.length() > Lexer.CHARACTERS_MAX) {
            return Optional.empty();
        }
        return facts.stream()
                .flatMap(fact -> match(fact, claim).stream())
                .max(Comparator.comparingInt(match -> match.fact().words().size()));
    }

    private static Optional<Match> match(Fact fact, String claim) {
        String rest = claim;
        for (String choice : fact.words()) {
            Optional<String> without = without(rest, choice);
            if (without.isEmpty()) {
                return Optional.empty();
            }
            rest = without.get();
        }
        for (String word : fact.drop().split("\\|", -1)) {
            rest = word.isEmpty() ? rest : without(rest, word).orElse(rest);
        }
        Optional<String> named = Optional.empty();
        for (Period period : PERIODS) {
            Optional<String> without = without(rest, period.words());
            named = named.or(() -> without.map(text -> period.name()));
            rest = without.orElse(rest);
        }
        return Optional.of(new Match(fact, rest, named));
    }

    /** {@code choice} is one word or phrase, or several with {@code |} between them. */
    private static Optional<String> without(String text, String choice) {
        String plain = text.toLowerCase(Locale.ROOT);
        for (String word : choice.strip().split("\\|", -1)) {
            int at = plain.length() == text.length() ? plain.indexOf(word) : -1;
            boolean starts = at == 0 || (at > 0 && !Character.isLetter(plain.charAt(at - 1)));
            int end = at + word.length();
            boolean ends = end >= plain.length() || !Character.isLetter(plain.charAt(end));
            if (at >= 0 && starts && ends) {
                int cut =
                        plain.startsWith("'s", end) || plain.startsWith("’s", end) ? end + 2 : end;
                return Optional.of(text.substring(0, at) + " " + text.substring(cut));
            }
        }
        return Optional.empty();
    }
}
