package dev.altiplano.planner.claims;

import java.util.List;

/** {@code in 2024} says when; {@code 42 % more than in 2023} is a growth. */
final class Years {
    private static final double FIRST = 2000;
    private static final double LAST = 2040;

    private Years() {}

    static boolean isYear(PrintedNumber number) {
        double year = number.value();
        return year >= FIRST && year <= LAST && year == Math.rint(year);
    }

    /**
     * Takes the words that led to a year from the end of {@code items}; false if they do not lead
     * to one, so that the number is a figure.
     */
    static boolean drop(List<Item> items) {
        if (items.isEmpty() || !(items.getLast() instanceof Item.Word last)) {
            return false;
        }
        switch (last.meaning()) {
            case AT, OF -> {
                items.removeLast();
                if (!items.isEmpty() && items.getLast() instanceof Item.Word before) {
                    compared(items, before);
                }
            }
            case VERSUS, PLUS, MINUS, MORE_THAN, LESS_THAN -> compared(items, last);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void compared(List<Item> items, Item.Word word) {
        switch (word.meaning()) {
            case MORE_THAN, PLUS -> replaceLast(items, Meaning.GREW, word.text());
            case LESS_THAN, MINUS -> replaceLast(items, Meaning.FELL, word.text());
            case VERSUS -> items.removeLast();
            default -> {}
        }
    }

    private static void replaceLast(List<Item> items, Meaning meaning, String text) {
        items.set(items.size() - 1, new Item.Word(meaning, text));
    }
}
