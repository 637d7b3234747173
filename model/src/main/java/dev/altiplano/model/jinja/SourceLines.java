package dev.altiplano.model.jinja;

import java.util.Arrays;

/** Where a template's lines begin: turns an index into a line and a column. */
final class SourceLines {
    private final int[] starts;

    SourceLines(String source) {
        int[] found = new int[16];
        int count = 1;
        for (int i = source.indexOf('\n'); i >= 0; i = source.indexOf('\n', i + 1)) {
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            found[count++] = i + 1;
        }
        starts = Arrays.copyOf(found, count);
    }

    Position at(int index) {
        int found = Arrays.binarySearch(starts, index);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line + 1, index - starts[line] + 1);
    }
}
