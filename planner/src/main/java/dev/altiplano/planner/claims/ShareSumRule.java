package dev.altiplano.planner.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code 35.3 %, 17.2 % and 47.5 % add up to 100 %}. */
final class ShareSumRule implements Rule {
    @Override
    public Optional<Question> ask(Statement statement) {
        List<Item> items = statement.items();
        List<Measure> parts = new ArrayList<>();
        List<Measure> totals = new ArrayList<>();
        boolean after = false;
        for (Item item : items) {
            switch (item) {
                case Item.Value value -> (after ? totals : parts).add(value.measure());
                case Item.Word word -> after |= word.is(Meaning.ADD_UP);
            }
        }
        if (!after || totals.size() != 1 || parts.size() < 2) {
            return Optional.empty();
        }
        Computed sum = Computed.of(parts.getFirst());
        for (Measure part : parts.subList(1, parts.size())) {
            sum = sum.plus(Computed.of(part), 1);
        }
        Candidate candidate =
                Candidate.expected(
                        Said.of("sum of the parts"),
                        sum.value(),
                        sum.half(),
                        Said.figures(sum.formula()));
        return Optional.of(Question.of(totals.getFirst(), List.of(candidate)));
    }
}
