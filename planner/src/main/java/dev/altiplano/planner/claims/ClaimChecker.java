package dev.altiplano.planner.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges claims. Never throws for what a claim says: one that cannot be read is {@code
 * not-checkable}, with the part that was not understood. Immutable, safe for many threads.
 */
public final class ClaimChecker {
    private final ClaimConstants constants;
    private final Facts facts;
    private final List<Rule> rules;

    public ClaimChecker(ClaimConstants constants) {
        this.constants = constants;
        this.facts = Facts.builtIn();
        this.rules =
                List.of(
                        new FailureRule(),
                        new EffectiveTimeRule(),
                        new GrowthRule(),
                        new ModelSizeRule(),
                        new RunRule(),
                        new StepRule(),
                        new ShareSumRule(),
                        new MemoryFitRule(),
                        new DimensionRule(constants),
                        new ImpossibleRule());
    }

    /** With the built-in constants. */
    public static ClaimChecker standard() {
        return new ClaimChecker(ClaimConstants.standard());
    }

    /** A claim in plain English or Spanish. */
    public ClaimResult check(String sentence) {
        return check(Claim.sentence(sentence));
    }

    public ClaimResult check(Claim claim) {
        try {
            Optional<Facts.Match> fact = facts.find(claim.text());
            return fact.isPresent() ? checkFact(claim, fact.get()) : checkStatement(claim);
        } catch (NotUnderstood e) {
            return ClaimResult.notUnderstood(claim, e.part());
        }
    }

    /** A claim whose readings its file gives, by name. */
    ClaimResult check(Claim claim, List<Facts.Given> given) {
        try {
            Statement statement = parse(claim.text());
            if (!statement.measures().isEmpty()) {
                refuseOthers(given, statement.measures().getLast());
            }
            return judge(claim, statement, given);
        } catch (NotUnderstood e) {
            return ClaimResult.notUnderstood(claim, e.part());
        }
    }

    /** A file that brings its own readings means each of them. */
    private void refuseOthers(List<Facts.Given> given, Measure target) {
        for (Facts.Given reading : given) {
            Computed value = evaluated(reading);
            if (!value.dimension().equals(target.dimension())) {
                throw new NotUnderstood(
                        Said.of(
                                "reading ‘{}’ measures {}, the claim {}",
                                reading.name(),
                                Measured.said(value.dimension()),
                                Measured.said(target.dimension())));
            }
        }
    }

    private Computed evaluated(Facts.Given reading) {
        return new Expression(parse(reading.is()).items()).ways().getFirst();
    }

    private ClaimResult checkFact(Claim claim, Facts.Match match) {
        Statement statement = parse(match.rest());
        List<Measure> measures = statement.measures();
        List<Facts.Given> given = match.fact().given();
        boolean distinct =
                measures.stream().map(Measure::dimension).distinct().count() == measures.size();
        boolean published =
                measures.size() == 1
                        || measures.stream().noneMatch(m -> candidates(claim, given, m).isEmpty());
        Optional<String> period = claim.period().or(match::period);
        return !measures.isEmpty() && published && distinct
                ? judge(claim.during(period), statement, given)
                : checkStatement(claim);
    }

    private ClaimResult judge(Claim claim, Statement statement, List<Facts.Given> given) {
        List<Measure> measures = statement.measures();
        if (measures.isEmpty()) {
            throw new NotUnderstood(Said.of("no figure is claimed"));
        }
        Measure target = signed(statement, measures.getLast());
        List<Candidate> candidates = candidates(claim, given, target);
        if (candidates.isEmpty()) {
            throw new NotUnderstood(
                    Said.of("{}: the published figures measure something else", target));
        }
        List<Said> others = new ArrayList<>();
        boolean boundOnTarget = statement.bound().map(bound -> bound.isOn(target)).orElse(true);
        for (Measure other : measures.subList(0, measures.size() - 1)) {
            Question asked = Question.of(other, candidates(claim, given, other));
            if (!asked.candidates().isEmpty()) {
                unpublished(boundOnTarget ? asked : bounded(statement, asked))
                        .ifPresent(others::add);
            }
        }
        Question figures = Question.of(target, candidates).and(others);
        Question question = boundOnTarget ? bounded(statement, figures) : figures;
        return new Judge(question, statement.has(Meaning.ABOUT)).result(claim, statement.notes());
    }

    /** A fall is a negative growth. */
    private static Measure signed(Statement statement, Measure target) {
        boolean fell = statement.joins(Meaning.FELL) || statement.joins(Meaning.MINUS);
        return fell && target.isPercent() && target.base() > 0
                ? Measure.of(target.number().times(-1), target.unit())
                : target;
    }

    /** Why a second figure of a claim cannot be; empty if it was published. */
    private static Optional<Said> unpublished(Question figure) {
        return new Judge(figure, false).anyFits()
                ? Optional.empty()
                : Optional.of(Said.of("{} is none of the published figures", figure.target()));
    }

    private List<Candidate> candidates(Claim claim, List<Facts.Given> given, Measure target) {
        List<Candidate> candidates = new ArrayList<>();
        for (Facts.Given reading : given) {
            Computed value = evaluated(reading);
            boolean same = value.dimension().equals(target.dimension());
            if (same) {
                candidates.add(candidate(claim, reading, value));
            }
        }
        return candidates;
    }

    /** A reading's expression, evaluated; its period must be the claim's, if both name one. */
    private static Candidate candidate(Claim claim, Facts.Given reading, Computed value) {
        boolean period =
                claim.period().isEmpty()
                        || reading.period().isEmpty()
                        || claim.period().get().equals(reading.period());
        return new Candidate(
                reading.name(),
                value.value(),
                Math.min(value.half(), 0.002 * Math.abs(value.value())),
                reading.expected(),
                period,
                List.of(Said.figures(value.formula())),
                reading.source().isEmpty() ? List.of() : List.of(Said.named(reading.source())));
    }

    private static Question bounded(Statement statement, Question question) {
        return statement.bound().map(question::bounded).orElse(question);
    }

    private Statement parse(String sentence) {
        return StatementParser.parse(sentence, constants);
    }

    private ClaimResult checkStatement(Claim claim) {
        Statement statement = parse(claim.text());
        for (Rule rule : rules) {
            Optional<Question> asked = rule.ask(statement);
            if (asked.isPresent()) {
                Question question =
                        bounded(statement, asked.get().and(Plausible.impossible(statement)));
                return new Judge(question, statement.has(Meaning.ABOUT))
                        .result(claim, statement.notes());
            }
        }
        return readAsEquality(claim, statement);
    }

    /** {@code 150 MW for 100,000 H100} claims that they draw it. */
    private ClaimResult readAsEquality(Claim claim, Statement statement) {
        List<Item> items = new ArrayList<>(statement.items());
        boolean implied =
                items.size() == 3 && items.get(1).means(Meaning.AT) && statement.chip().isPresent();
        if (!implied) {
            throw new NotUnderstood(
                    Said.of("what is claimed: there is no = or a word such as draws or is"));
        }
        items.set(1, new Item.Word(Meaning.EQUALS, "="));
        Statement equality =
                new Statement(items, statement.flags(), statement.bound(), statement.notes());
        Question question = new DimensionRule(constants).ask(equality).orElseThrow();
        return new Judge(bounded(equality, question), statement.has(Meaning.ABOUT))
                .result(claim, statement.notes());
    }
}
