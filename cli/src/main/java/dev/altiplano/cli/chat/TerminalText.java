package dev.altiplano.cli.chat;

/** What a model says, made safe to print: text only, nothing that commands the terminal. */
final class TerminalText {
    private static final char SHOWN_INSTEAD = '\ufffd';

    private TerminalText() {}

    /** {@code text} with each control character but tab and line feed replaced. */
    static String harmless(String text) {
        return text.codePoints().noneMatch(TerminalText::isHarmful) ? text : replaced(text);
    }

    private static String replaced(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(isHarmful(c) ? SHOWN_INSTEAD : c));
        return out.toString();
    }

    private static boolean isHarmful(int codePoint) {
        return Character.isISOControl(codePoint) && codePoint != '\n' && codePoint != '\t';
    }
}
