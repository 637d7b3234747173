package dev.altiplano.model.jinja;

import java.util.ArrayList;
import java.util.List;

/** Python's {@code sorted}: stable, asking only what is less than what. */
final class Sorting {
    private Sorting() {}

    /**
     * The items by their keys, or by themselves where {@code keys} is empty. Java's own sort is not
     * used: it refuses an order that is none, which NaN makes.
     */
    static List<Value> sorted(
            Session session, List<Value> items, List<Value> keys, boolean isReversed) {
        session.chargeItems(items.size());
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            order.add(i);
        }
        List<Integer> sorted = mergeSort(session, order, keys.isEmpty() ? items : keys, isReversed);
        return sorted.stream().map(items::get).toList();
    }

    private static List<Integer> mergeSort(
            Session session, List<Integer> order, List<Value> keys, boolean isReversed) {
        if (order.size() < 2) {
            return order;
        }
        int middle = order.size() / 2;
        List<Integer> left = mergeSort(session, order.subList(0, middle), keys, isReversed);
        List<Integer> right =
                mergeSort(session, order.subList(middle, order.size()), keys, isReversed);
        List<Integer> merged = new ArrayList<>(order.size());
        int i = 0;
        int j = 0;
        while (i < left.size() && j < right.size()) {
            Value first = keys.get(left.get(i));
            Value second = keys.get(right.get(j));
            boolean isLater =
                    isReversed
                            ? Comparison.order(session, first, second) == -1
                            : Comparison.order(session, second, first) == -1;
            merged.add(isLater ? right.get(j++) : left.get(i++));
        }
        merged.addAll(left.subList(i, left.size()));
        merged.addAll(right.subList(j, right.size()));
        return merged;
    }
}
