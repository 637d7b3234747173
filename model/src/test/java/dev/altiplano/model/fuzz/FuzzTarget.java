package dev.altiplano.model.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is damaged and how it is opened.
 *
 * @param files good files, by name; small, since each case writes them
 * @param damaged the names of those that are damaged, one in each case
 */
record FuzzTarget(String name, Map<String, byte[]> files, List<String> damaged, Opener opener) {
    /** Opens the files in a folder and reads everything in them. */
    @FunctionalInterface
    interface Opener {
        void open(Path folder) throws IOException;
    }
}
