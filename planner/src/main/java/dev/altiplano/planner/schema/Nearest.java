package dev.altiplano.planner.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what a mistyped word was probably meant to be. */
public final class Nearest {
    private static final int LENGTH_MAX = 64;
    private static final int TOLD_MAX = 3;

    private Nearest() {}

    /**
     * The known words with the fewest edits from {@code word}, if they are few enough; more than
     * one where several are as near, in alphabetical order.
     */
    public static List<String> to(String word, Collection<String> known) {
        if (word.length() > LENGTH_MAX) {
            return List.of();
        }
        int most = Math.max(1, word.length() / 3 + 1);
        int best = known.stream().mapToInt(w -> distance(word, w)).min().orElse(most + 1);
        return known.stream()
                .filter(w -> best <= most && distance(word, w) == best)
                .sorted(Comparator.comparingInt((String w) -> edits(word, w)).thenComparing(w -> w))
                .limit(TOLD_MAX)
                .toList();
    }

    /** {@code ; did you mean TX?} or {@code ; did you mean TX or TN?} or nothing. */
    public static String hint(String word, Collection<String> known) {
        List<String> near = to(word, known);
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }

    /** Edits to the whole word; or to how it begins, without regard to hyphens, and one more. */
    private static int distance(String word, String known) {
        int begins = Integer.MAX_VALUE - 1;
        for (int edits : table(plain(word), plain(known))[plain(word).length()]) {
            begins = Math.min(begins, edits);
        }
        return Math.min(edits(word, known), begins + 1);
    }

    private static String plain(String word) {
        return word.replaceAll("[-_. ]", "");
    }

    private static int edits(String word, String known) {
        return table(word, known)[word.length()][known.length()];
    }

    /**
     * Levenshtein distances of all beginnings, [word, known], without regard to case; swapping two
     * neighbours counts as one.
     */
    private static int[][] table(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(a, b, d, i, j);
            }
        }
        return d;
    }

    private static int step(String a, String b, int[][] d, int i, int j) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(d[i - 1][j - 1] + same, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
