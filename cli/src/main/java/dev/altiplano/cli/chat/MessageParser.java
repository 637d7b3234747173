package dev.altiplano.cli.chat;

import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;

/**
 * When a message is complete: a line that ends in a backslash goes on, and everything between two
 * {@code """} is one message.
 */
final class MessageParser implements Parser {
    private static final String FENCE = "\"\"\"";

    private final DefaultParser words =
            new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]);

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        boolean accepting = context == ParseContext.ACCEPT_LINE;
        if (accepting && isOpen(line)) {
            throw new EOFError(-1, cursor, "the message goes on", FENCE);
        }
        return words.parse(line, cursor, context);
    }

    private static boolean isOpen(String line) {
        boolean fenced = line.startsWith(FENCE);
        boolean closed =
                line.length() >= 2 * FENCE.length() && line.stripTrailing().endsWith(FENCE);
        return fenced ? !closed : line.endsWith("\\");
    }

    /** The message without fences and with its continued lines joined. */
    static String message(String line) {
        String stripped = line.strip();
        if (stripped.startsWith(FENCE) && stripped.length() >= 2 * FENCE.length()) {
            return stripped.substring(FENCE.length(), stripped.length() - FENCE.length()).strip();
        }
        return stripped.replace("\\\n", "\n");
    }
}
