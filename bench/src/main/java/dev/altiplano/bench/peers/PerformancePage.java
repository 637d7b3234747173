package dev.altiplano.bench.peers;

import dev.altiplano.compute.AltiplanoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The page of measurements, with a section for each kind of processor between marks. A section is
 * replaced when its processor is measured again; all other text stays as it is.
 */
final class PerformancePage {
    /** Sections of processors that are new to the page come before this line. */
    static final String END = "<!-- end of measurements -->";

    private final Path file;

    PerformancePage(Path file) {
        this.file = file;
    }

    /** Writes the section {@code slug}; throws {@link AltiplanoException} if there is no place. */
    void put(String slug, String section) {
        try {
            write(file, replace(Files.readString(file), slug, section));
        } catch (IOException failure) {
            throw refuse("a page to write to", String.valueOf(failure));
        }
    }

    /** Writes {@code svg} beside the page. */
    void putPicture(String name, String svg) {
        try {
            write(file.resolveSibling(name), svg);
        } catch (IOException failure) {
            throw refuse("a folder to write to", String.valueOf(failure));
        }
    }

    String replace(String page, String slug, String section) {
        String begin = "<!-- begin: " + slug + " -->\n";
        String end = "<!-- end: " + slug + " -->\n";
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from >= 0 && to > from) {
            return page.substring(0, from) + begin + section + page.substring(to);
        }
        int last = page.indexOf(END);
        if (last < 0 || from >= 0 || to >= 0) {
            throw refuse("the line '%s', or whole marks of %s".formatted(END, slug), "neither");
        }
        return page.substring(0, last) + begin + section + end + "\n" + page.substring(last);
    }

    private AltiplanoException refuse(String expected, String found) {
        return new AltiplanoException(
                "%s: expected %s, found %s. Restore the page from the repository."
                        .formatted(file, expected, found));
    }

    private static void write(Path target, String text) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Files.writeString(part, text);
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
}
