package dev.altiplano.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What somebody may have meant who wrote a name that does not exist. */
final class NearestNames {
    private static final int SHOWN = 3;

    /** Longer ones than any tensor has are cut, so that nobody waits for the comparison. */
    private static final int LENGTH_MAX = 128;

    private NearestNames() {}

    /** At most three of {@code names}: those that contain what was written, then the likest. */
    static List<String> of(String written, List<String> names) {
        String wanted = comparable(written);
        return names.stream()
                .sorted(
                        Comparator.comparing((String name) -> !comparable(name).contains(wanted))
                                .thenComparingInt(name -> edits(wanted, comparable(name))))
                .limit(SHOWN)
                .toList();
    }

    private static String comparable(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.substring(0, Math.min(LENGTH_MAX, lower.length()));
    }

    /** Levenshtein's distance: letters to insert, delete or replace. */
    static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
