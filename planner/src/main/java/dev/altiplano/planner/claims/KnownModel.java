package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.step.AttentionPattern;
import dev.altiplano.planner.step.ModelShape;
import dev.altiplano.planner.step.MoeShape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Models that a sentence may name; their parameters then come from their shapes. */
enum KnownModel {
    LLAMA_8B("Llama 3 8B", "8", ModelShape.dense(32, 4096, 14336, 32, 8, 128256)),
    LLAMA_70B("Llama 3 70B", "70", ModelShape.dense(80, 8192, 28672, 64, 8, 128256)),
    LLAMA_405B("Llama 3 405B", "405", ModelShape.dense(126, 16384, 53248, 128, 8, 128256)),
    SCOUT("Llama 4 Scout", "scout", mixture(16, 1)),
    MAVERICK("Llama 4 Maverick", "maverick", mixture(128, 2));

    /** A model in a sentence; {@code end} is the index of the first token after it. */
    record Found(Measure parameters, Said note, int end) {}

    private static final int NAME_TOKENS_MAX = 4;

    private final String title;
    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
    private final ModelShape shape;

    KnownModel(String title, String key, ModelShape shape) {
        this.title = title;
        this.key = key;
        this.shape = shape;
    }

    private static ModelShape mixture(int experts, int every) {
        return new ModelShape(
                48,
                5120,
                16384,
                40,
                8,
                128,
                202048,
                false,
                3,
                new MoeShape(experts, 1, 1, every, 8192),
                AttentionPattern.FULL,
                0);
    }

    String title() {
        return title;
    }

    ModelShape shape() {
        return shape;
    }

    /** {@code Llama 3.1 405B}, {@code Llama 4 Maverick}. */
    static Optional<Found> find(List<Token> tokens, int start, String word) {
        if (!Words.plain(word).equals("llama")) {
            return Optional.empty();
        }
        for (int i = start + 1; i < Math.min(tokens.size(), start + NAME_TOKENS_MAX + 1); i++) {
            String text = Words.plain(tokens.get(i).text());
            boolean sized = tokens.get(i) instanceof Token.Numeral number && number.glued();
            for (KnownModel model : values()) {
                if (model.key.equals(text)) {
                    return Optional.of(model.found(sized ? i + 2 : i + 1));
                }
            }
            boolean inName = tokens.get(i) instanceof Token.Numeral || text.equals("-");
            if (!inName) {
                break;
            }
        }
        return Optional.empty();
    }

    private Found found(int end) {
        double active = shape.activeParameters();
        Said note =
                Said.of(
                        "{}: {} billion parameters that a token passes",
                        Said.quoted(title),
                        String.format(Locale.ROOT, "%.3f", active / 1e9));
        Measure measure = Measure.of(PrintedNumber.exactly(active), Unit.of("param"));
        return new Found(measure, note, end);
    }

    /** The model with exactly these active parameters. */
    static Optional<KnownModel> withActive(double parameters) {
        for (KnownModel model : values()) {
            if (model.shape.activeParameters() == parameters) {
                return Optional.of(model);
            }
        }
        return Optional.empty();
    }
}
