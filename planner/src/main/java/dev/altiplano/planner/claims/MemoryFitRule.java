package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.quantity.Unit;
import java.util.List;
import java.util.Optional;

/** {@code 405B parameters fit in 8 H100}: what each number of bytes needs against what there is. */
final class MemoryFitRule implements Rule {
    private record Storage(Said name, double bytes) {}

    private static final List<Storage> STORAGES =
            List.of(
                    new Storage(Said.of("bf16 weights, 2 bytes each"), 2),
                    new Storage(Said.of("8-bit weights, 1 byte each"), 1),
                    new Storage(Said.of("4-bit weights, half a byte each"), 0.5),
                    new Storage(Said.of("training states, 18 bytes each"), 18));

    @Override
    public Optional<Question> ask(Statement statement) {
        List<Measure> parameters = statement.measures(Dimensions.PARAMETERS);
        List<Measure> gpus = statement.measures(Dimensions.GPU);
        Optional<Chip> chip = statement.chip();
        boolean asked =
                statement.joins(Meaning.FIT)
                        && parameters.size() == 1
                        && gpus.size() == 1
                        && chip.isPresent();
        return asked
                ? Optional.of(
                        question(parameters.getFirst(), gpus.getFirst().base(), chip.orElseThrow()))
                : Optional.empty();
    }

    private static Question question(Measure parameters, double gpus, Chip chip) {
        Unit gigabyte = Unit.of("GB");
        double bytes = gpus * chip.memoryBytes();
        Measure there = Measure.of(PrintedNumber.exactly(gigabyte.fromBase(bytes)), gigabyte);
        List<Candidate> needed =
                STORAGES.stream().map(storage -> candidate(parameters, storage)).toList();
        Said note =
                Said.of(
                        "{} × {} GB; without activations, KV cache and what a program may not use",
                        Numbers.text(gpus),
                        Numbers.text(chip.memoryBytes() / 1e9));
        return Question.of(Question.Relation.AT_MOST, there, needed, note);
    }

    private static Candidate candidate(Measure parameters, Storage storage) {
        double bytes = parameters.base() * storage.bytes();
        return Candidate.other(
                storage.name(),
                bytes,
                0,
                Said.of("{} × {} bytes", parameters, Numbers.text(storage.bytes())));
    }
}
