package dev.altiplano.planner.emit;

/** Text that others chose, made safe for the place where it is written. */
final class Quote {
    private Quote() {}

    /** One line of a comment: nothing that ends the line or commands a terminal. */
    static String comment(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().map(c -> isPlain(c) ? c : ' ').forEach(safe::appendCodePoint);
        return safe.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    /** A double-quoted string that TOML, YAML and Python read alike. */
    static String string(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        comment(text)
                .codePoints()
                .forEach(
                        c -> {
                            if (c == '"' || c == '\\') {
                                quoted.append('\\');
                            }
                            quoted.appendCodePoint(c);
                        });
        return quoted.append('"').toString();
    }

    /** One word of a shell. */
    static String shell(String text) {
        return "'" + comment(text).replace("'", "'\\''") + "'";
    }

    /** A DNS label: lower-case letters, digits and hyphens, up to 40, from a letter. */
    static String label(String text) {
        StringBuilder label = new StringBuilder("job-");
        text.chars()
                .map(c -> c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)
                .map(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-')
                .limit(36)
                .forEach(c -> label.append((char) c));
        while (label.charAt(label.length() - 1) == '-') {
            label.setLength(label.length() - 1);
        }
        return label.toString();
    }
}
