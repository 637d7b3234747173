package dev.altiplano.model.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code value[start:stop:step]} with Python's rules for what is missing or negative. */
final class Slicing {
    private Slicing() {}

    static Value slice(
            Session session,
            Value target,
            Optional<Value> start,
            Optional<Value> stop,
            Optional<Value> step) {
        return switch (target) {
            case Text text -> {
                session.chargeText(text.length());
                int size = text.chars().codePointCount(0, text.length());
                yield slice(text, Bounds.of(start, stop, step, size));
            }
            case Sequence sequence -> {
                Bounds bounds = Bounds.of(start, stop, step, sequence.items().size());
                session.chargeItems(bounds.count());
                List<Value> items = new ArrayList<>(bounds.count());
                for (int i = 0; i < bounds.count(); i++) {
                    items.add(sequence.items().get(bounds.index(i)));
                }
                yield sequence.withItems(items);
            }
            case Value.Range range -> {
                Bounds bounds = Bounds.of(start, stop, step, range.count());
                yield new Value.Range(
                        range.start() + bounds.start() * range.step(),
                        range.start() + bounds.stop() * range.step(),
                        range.step() * bounds.step(),
                        bounds.count());
            }
            case Value.Undefined undefined -> throw undefined.failure();
            case Value other ->
                    throw ChatTemplateException.evaluation(
                            "'%s' cannot be sliced".formatted(Printing.typeName(other)));
        };
    }

    private static Text slice(Text text, Bounds bounds) {
        if (bounds.step() == 1) {
            return characters(text, bounds.start(), bounds.start() + bounds.count());
        }
        int[] starts = new int[text.chars().codePointCount(0, text.length()) + 1];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = text.chars().offsetByCodePoints(starts[i - 1], 1);
        }
        Text.Builder result = Text.builder();
        for (int i = 0; i < bounds.count(); i++) {
            int index = bounds.index(i);
            result.append(text.slice(starts[index], starts[index + 1]));
        }
        return result.build();
    }

    /** The characters (code points) from {@code start} up to {@code stop}. */
    static Text characters(Text text, int start, int stop) {
        if (start >= stop) {
            return Text.EMPTY;
        }
        int from = text.chars().offsetByCodePoints(0, start);
        return text.slice(from, text.chars().offsetByCodePoints(from, stop - start));
    }

    /** The indices start, start + step, … that lie before {@code stop}; {@code count} of them. */
    private record Bounds(int start, int stop, int step, int count) {
        static Bounds of(
                Optional<Value> start, Optional<Value> stop, Optional<Value> step, int size) {
            int stride = number(step).orElse(1);
            if (stride == 0) {
                throw ChatTemplateException.evaluation("the step of a slice is zero");
            }
            int low = stride < 0 ? -1 : 0;
            int high = stride < 0 ? size - 1 : size;
            int from =
                    number(start)
                            .map(i -> clamp(i, size, low, high))
                            .orElse(stride < 0 ? high : low);
            int to =
                    number(stop)
                            .map(i -> clamp(i, size, low, high))
                            .orElse(stride < 0 ? low : high);
            long distance = stride < 0 ? (long) from - to : (long) to - from;
            long width = Math.abs((long) stride);
            int count = distance <= 0 ? 0 : (int) ((distance + width - 1) / width);
            return new Bounds(from, to, stride, count);
        }

        private static Optional<Integer> number(Optional<Value> value) {
            return value.filter(given -> !(given instanceof Value.None)).map(Numbers::toIndex);
        }

        private static int clamp(int index, int size, int low, int high) {
            int fromStart = index < 0 ? index + size : index;
            return Math.max(low, Math.min(high, fromStart));
        }

        int index(int i) {
            return start + i * step;
        }
    }
}
