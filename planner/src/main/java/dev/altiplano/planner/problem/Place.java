package dev.altiplano.planner.problem;

/**
 * Where in a file something stands.
 *
 * @param file name as the user gave it, or a word such as {@code --set}
 * @param line from 1; 0 where lines mean nothing
 * @param key path of the key with dots, such as {@code cluster.gpus}; empty for the whole file
 */
public record Place(String file, int line, String key) {
    /** The place of the key {@code name} below this one. */
    public Place child(String name, int childLine) {
        return new Place(file, childLine, key.isEmpty() ? name : key + "." + name);
    }

    /** Such as {@code plan.yaml line 12, site.pue}. */
    @Override
    public String toString() {
        String where = line > 0 ? file + " line " + line : file;
        return key.isEmpty() ? where : where + ", " + key;
    }
}
