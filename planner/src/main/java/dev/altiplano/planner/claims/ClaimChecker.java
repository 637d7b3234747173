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
            return judge(claim, parse(claim.text()), given);
        } catch (NotUnderstood e) {
            return ClaimResult.notUnderstood(claim, e.part());
        }
    }

    private ClaimResult checkFact(Claim claim, Facts.Match match) {
        Statement statement = parse(match.rest());
        return statement.measures().size() == 1
                ? judge(claim, statement, match.fact().given())
                : checkStatement(claim);
    }

    private ClaimResult judge(Claim claim, Statement statement, List<Facts.Given> given) {
        List<Measure> measures = statement.measures();
        if (measures.isEmpty()) {
            throw new NotUnderstood("no figure is claimed");
        }
        Measure target = measures.getLast();
        List<Candidate> candidates = new ArrayList<>();
        for (Facts.Given reading : given) {
            candidates.add(candidate(claim, reading, target));
        }
        Question question = bounded(statement, Question.of(target, candidates));
        return new Judge(question, statement.has(Meaning.ABOUT)).result(claim, statement.notes());
    }

    /** A reading's expression, evaluated; its period must be the claim's, if both name one. */
    private Candidate candidate(Claim claim, Facts.Given reading, Measure target) {
        Computed value = new Expression(parse(reading.is()).items()).ways().getFirst();
        if (!value.dimension().equals(target.dimension())) {
            throw new NotUnderstood(
                    "reading '%s' measures %s, the claim %s"
                            .formatted(reading.name(), value.dimension(), target.dimension()));
        }
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
                List.of(value.formula()),
                reading.source().isEmpty() ? List.of() : List.of(reading.source()));
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
        throw new NotUnderstood("what is claimed: there is no = or a word such as draws or is");
    }
}
