package dev.altiplano.model.jinja;

/** What counts as true. */
final class Truth {
    private Truth() {}

    static boolean of(Value value) {
        return switch (value) {
            case Value.None _, Value.Undefined _ -> false;
            case Value.Bool bool -> bool.value();
            case Value.Int number -> number.value().signum() != 0;
            case Value.Real number -> number.value() != 0;
            case Text text -> !text.isEmpty();
            case Sequence sequence -> !sequence.items().isEmpty();
            case Dict dict -> dict.size() > 0;
            case Value.DictView view -> view.dict().size() > 0;
            case Value.Range range -> range.count() > 0;
            case Value.Stream _, Namespace _, Loop _, Value.Function _ -> true;
        };
    }
}
