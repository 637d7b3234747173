package dev.altiplano.planner.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code Llama 4 Maverick has 400 billion parameters}: of a mixture of experts all of them are
 * meant, unless the claim says active.
 */
final class ModelSizeRule implements Rule {
    @Override
    public Optional<Question> ask(Statement statement) {
        List<Measure> measures = statement.measures();
        boolean sizes =
                measures.size() == 2
                        && statement.measures(Dimensions.PARAMETERS).size() == 2
                        && statement.joins(Meaning.EQUALS);
        if (!sizes) {
            return Optional.empty();
        }
        for (int i = 0; i < 2; i++) {
            Optional<KnownModel> model = KnownModel.withActive(measures.get(i).base());
            if (model.isPresent()) {
                return Optional.of(question(statement, model.get(), measures.get(1 - i)));
            }
        }
        return Optional.empty();
    }

    private static Question question(Statement statement, KnownModel model, Measure claimed) {
        double total = model.shape().parameters();
        double active = model.shape().activeParameters();
        boolean meansActive = statement.has(Meaning.ACTIVE);
        List<Candidate> candidates = new ArrayList<>();
        candidates.add(
                candidate(
                        model, Said.of("all parameters"), total, !meansActive || total == active));
        if (total != active) {
            candidates.add(candidate(model, Said.of("active parameters"), active, meansActive));
        }
        return Question.of(claimed, candidates);
    }

    private static Candidate candidate(
            KnownModel model, Said name, double parameters, boolean expected) {
        Said line =
                Said.of(
                        "{}: {} billion, {}",
                        Said.quoted(model.title()),
                        String.format(Locale.ROOT, "%.2f", parameters / 1e9),
                        name);
        return expected
                ? Candidate.expected(name, parameters, 0.01 * parameters, line)
                : Candidate.other(name, parameters, 0.01 * parameters, line);
    }
}
