package dev.altiplano.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Opens a page in the person's browser, where there is a desktop. */
final class Browser {
    private Browser() {}

    /** False in CI, over SSH and on machines without a display. */
    static boolean isLikely(Map<String, String> environment, String osName) {
        if (environment.containsKey("CI") || environment.containsKey("SSH_CONNECTION")) {
            return false;
        }
        String os = osName.toLowerCase(Locale.ROOT);
        return os.startsWith("mac")
                || os.startsWith("windows")
                || environment.containsKey("DISPLAY")
                || environment.containsKey("WAYLAND_DISPLAY");
    }

    /**
     * Returns at once; without an opener on the machine nothing happens, as the address is printed.
     */
    static void open(String url) {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        List<String> command =
                os.startsWith("mac")
                        ? List.of("open", url)
                        : os.startsWith("windows")
                                ? List.of("rundll32", "url.dll,FileProtocolHandler", url)
                                : List.of("xdg-open", url);
        try {
            new ProcessBuilder(command)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException noOpener) {
            System.getLogger(Browser.class.getName())
                    .log(System.Logger.Level.DEBUG, "no program opens pages", noOpener);
        }
    }
}
