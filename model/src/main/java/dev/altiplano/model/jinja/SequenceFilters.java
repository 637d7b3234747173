package dev.altiplano.model.jinja;

import dev.altiplano.model.jinja.Expression.Operator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The filters on sequences as a whole: counting, ordering, joining, cutting. */
final class SequenceFilters {
    private SequenceFilters() {}

    static void addTo(Map<String, Filters.Filter> filters) {
        filters.put("length", (_, input, _) -> Value.of(Items.requireLength(input)));
        filters.put("count", (_, input, _) -> Value.of(Items.requireLength(input)));
        filters.put("list", (session, input, _) -> Sequence.list(Items.list(session, input)));
        filters.put("items", (session, input, _) -> items(session, input));
        filters.put("first", (session, input, _) -> first(Items.iterator(session, input)));
        filters.put("last", (session, input, _) -> last(session, input));
        filters.put("reverse", (session, input, _) -> reverse(session, input));
        filters.put("join", SequenceFilters::join);
        filters.put("sort", SequenceFilters::sort);
        filters.put("dictsort", SequenceFilters::sortDict);
        filters.put("unique", SequenceFilters::unique);
        filters.put("min", (session, input, given) -> extreme(session, input, given, true));
        filters.put("max", (session, input, given) -> extreme(session, input, given, false));
        filters.put("sum", SequenceFilters::sum);
        filters.put("batch", SequenceFilters::batch);
        filters.put("slice", SequenceFilters::slice);
        filters.put("groupby", SequenceFilters::groupBy);
    }

    private static Value items(Session session, Value input) {
        return Items.lazily(
                "generator",
                () ->
                        switch (input) {
                            case Dict dict ->
                                    Items.iterator(
                                            session,
                                            new Value.DictView(dict, Value.DictView.Part.ITEMS));
                            case Value.Undefined _ -> Collections.emptyIterator();
                            case Value other ->
                                    throw ChatTemplateException.evaluation(
                                            "items expects a mapping, found '%s'"
                                                    .formatted(Printing.typeName(other)));
                        });
    }

    private static Value first(Iterator<Value> items) {
        return items.hasNext()
                ? items.next()
                : new Value.Undefined("there is no first item: the sequence is empty");
    }

    private static Value last(Session session, Value input) {
        requireReversible(input);
        List<Value> items = Items.list(session, input);
        return items.isEmpty()
                ? new Value.Undefined("there is no last item: the sequence is empty")
                : items.getLast();
    }

    private static void requireReversible(Value input) {
        if (Items.length(input).isEmpty()) {
            throw ChatTemplateException.evaluation(
                    "'%s' is not reversible".formatted(Printing.typeName(input)));
        }
    }

    private static Value reverse(Session session, Value input) {
        List<Value> items = Items.list(session, input);
        Collections.reverse(items);
        if (input instanceof Text) {
            Text.Builder reversed = Text.builder();
            items.forEach(item -> reversed.append(Printing.text(session, item)));
            return reversed.build();
        }
        return Items.length(input).isEmpty()
                ? Sequence.list(items)
                : new Value.Stream("list_reverseiterator", items.iterator());
    }

    private static Value join(Session session, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("join", "d", "attribute");
        Text separator = bound.get("d").map(d -> Printing.text(session, d)).orElse(Text.EMPTY);
        UnaryOperator<Value> key = AttributePath.of(session, bound.present("attribute"));
        List<Text> parts =
                Items.list(session, input).stream()
                        .map(item -> Printing.text(session, key.apply(item)))
                        .toList();
        return TextOperations.join(session, separator, parts);
    }

    private static Value sort(Session session, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("sort", "reverse", "case_sensitive", "attribute");
        List<UnaryOperator<Value>> paths =
                AttributePath.several(session, bound.present("attribute"));
        boolean isCaseSensitive = bound.flag("case_sensitive");
        List<Value> items = Items.list(session, input);
        List<Value> keys = new ArrayList<>(items.size());
        for (Value item : items) {
            List<Value> parts = new ArrayList<>();
            for (UnaryOperator<Value> path : paths) {
                parts.add(caseless(path.apply(item), isCaseSensitive));
            }
            keys.add(Sequence.list(parts));
        }
        return Sequence.list(Sorting.sorted(session, items, keys, bound.flag("reverse")));
    }

    private static Value caseless(Value value, boolean isCaseSensitive) {
        return value instanceof Text text && !isCaseSensitive ? TextOperations.lower(text) : value;
    }

    private static Value sortDict(Session session, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("dictsort", "case_sensitive", "by", "reverse");
        String by = bound.text("by").map(Text::chars).orElse("key");
        if (!by.equals("key") && !by.equals("value")) {
            throw ChatTemplateException.evaluation("dictsort() sorts by key or value");
        }
        if (!(input instanceof Dict dict)) {
            throw ChatTemplateException.evaluation(
                    "dictsort expects a mapping, found '%s'".formatted(Printing.typeName(input)));
        }
        boolean isCaseSensitive = bound.flag("case_sensitive");
        List<Value> keys = new ArrayList<>();
        dict.entries()
                .forEach(
                        (key, value) ->
                                keys.add(
                                        caseless(by.equals("key") ? key : value, isCaseSensitive)));
        List<Value> items =
                Items.list(session, new Value.DictView(dict, Value.DictView.Part.ITEMS));
        return Sequence.list(Sorting.sorted(session, items, keys, bound.flag("reverse")));
    }

    private static Value unique(Session session, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("unique", "case_sensitive", "attribute");
        UnaryOperator<Value> path = AttributePath.of(session, bound.present("attribute"));
        boolean isCaseSensitive = bound.flag("case_sensitive");
        return Items.lazily(
                "generator",
                () -> {
                    Set<Value> seen = new HashSet<>();
                    return new Selection(
                            Items.iterator(session, input),
                            item ->
                                    seen.add(
                                            Dict.requireKey(
                                                    caseless(path.apply(item), isCaseSensitive))));
                });
    }

    private static Value extreme(
            Session session, Value input, Arguments arguments, boolean isLeast) {
        Arguments.Bound bound = arguments.bind("min or max", "case_sensitive", "attribute");
        UnaryOperator<Value> path = AttributePath.of(session, bound.present("attribute"));
        boolean isCaseSensitive = bound.flag("case_sensitive");
        Iterator<Value> items = Items.iterator(session, input);
        if (!items.hasNext()) {
            return new Value.Undefined("there is no item: the sequence is empty");
        }
        Value best = items.next();
        Value bestKey = caseless(path.apply(best), isCaseSensitive);
        while (items.hasNext()) {
            Value item = items.next();
            Value key = caseless(path.apply(item), isCaseSensitive);
            if (Comparison.order(session, key, bestKey) == (isLeast ? -1 : 1)) {
                best = item;
                bestKey = key;
            }
        }
        return best;
    }

    private static Value sum(Session session, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("sum", "attribute", "start");
        UnaryOperator<Value> path = AttributePath.of(session, bound.present("attribute"));
        Value total = bound.get("start").orElse(Value.of(0));
        if (total instanceof Text) {
            throw ChatTemplateException.evaluation("sum() does not add strings. Use join.");
        }
        Iterator<Value> items = Items.iterator(session, input);
        while (items.hasNext()) {
            total = Operators.apply(session, Operator.ADD, total, path.apply(items.next()));
        }
        return total;
    }

    private static Value batch(Session session, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("batch", "linecount", "fill_with");
        int size = Numbers.toIndex(bound.require("linecount"));
        return Items.lazily(
                "generator",
                () -> {
                    List<Value> rows = new ArrayList<>();
                    List<Value> row = new ArrayList<>();
                    for (Value item : Items.list(session, input)) {
                        if (row.size() == size) {
                            rows.add(Sequence.list(row));
                            row.clear();
                        }
                        row.add(item);
                    }
                    if (!row.isEmpty()) {
                        bound.present("fill_with")
                                .ifPresent(fill -> fill(session, row, fill, size));
                        rows.add(Sequence.list(row));
                    }
                    return rows.iterator();
                });
    }

    private static void fill(Session session, List<Value> row, Value fill, int size) {
        session.chargeItems(size);
        while (row.size() < size) {
            row.add(fill);
        }
    }

    private static Value slice(Session session, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("slice", "slices", "fill_with");
        int count = Numbers.toIndex(bound.require("slices"));
        return Items.lazily(
                "generator",
                () -> {
                    List<Value> items = Items.list(session, input);
                    if (count == 0) {
                        throw ChatTemplateException.evaluation("slice() makes at least one part");
                    }
                    session.chargeItems(Math.max(0, count));
                    List<Value> parts = new ArrayList<>();
                    int start = 0;
                    for (int i = 0; i < count; i++) {
                        boolean hasExtra = i < items.size() % count;
                        int end = start + items.size() / count + (hasExtra ? 1 : 0);
                        List<Value> part = new ArrayList<>(items.subList(start, end));
                        if (!hasExtra) {
                            bound.present("fill_with").ifPresent(part::add);
                        }
                        parts.add(Sequence.list(part));
                        start = end;
                    }
                    return parts.iterator();
                });
    }

    private static Value groupBy(Session session, Value input, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("groupby", "attribute", "default", "case_sensitive");
        UnaryOperator<Value> path =
                AttributePath.of(session, bound.get("attribute"), bound.present("default"));
        boolean isCaseSensitive = bound.flag("case_sensitive");
        List<Value> items = Items.list(session, input);
        List<Value> keys =
                items.stream().map(item -> caseless(path.apply(item), isCaseSensitive)).toList();
        List<Value> groups = new ArrayList<>();
        List<Value> group = new ArrayList<>();
        Value groupKey = Value.NONE;
        for (Value item : Sorting.sorted(session, items, keys, false)) {
            Value key = caseless(path.apply(item), isCaseSensitive);
            if (!group.isEmpty() && !Comparison.areEqual(session, key, groupKey)) {
                groups.add(group(path, group));
                group.clear();
            }
            groupKey = key;
            group.add(item);
        }
        if (!group.isEmpty()) {
            groups.add(group(path, group));
        }
        return Sequence.list(groups);
    }

    private static Value group(UnaryOperator<Value> path, List<Value> items) {
        return Sequence.tuple(List.of(path.apply(items.getFirst()), Sequence.list(items)));
    }
}
