package dev.altiplano.model.token;

/** The English endings {@code 's 't 're 've 'm 'll 'd} that split patterns keep as pieces. */
final class Contractions {
    /** U+017F, which Unicode folds to {@code s}, is these two bytes. */
    private static final byte LONG_S_FIRST = (byte) 0xC5;

    private static final byte LONG_S_SECOND = (byte) 0xBF;

    private Contractions() {}

    /** The end of a contraction at {@code start} as {@code (?i:…)} finds it, or {@code start}. */
    static int endIgnoringCase(byte[] text, int start, int end) {
        if (start + 1 >= end || text[start] != '\'') {
            return start;
        }
        if (text[start + 1] == LONG_S_FIRST && text[start + 2] == LONG_S_SECOND) {
            return start + 3;
        }
        int next = start + 2 < end ? lower(text[start + 2]) : 0;
        return start + length(lower(text[start + 1]), next);
    }

    /** The end of a lower-case contraction at {@code start}, or {@code start}. */
    static int end(byte[] text, int start, int end) {
        if (start + 1 >= end || text[start] != '\'') {
            return start;
        }
        return start + length(text[start + 1], start + 2 < end ? text[start + 2] : 0);
    }

    private static int length(int first, int second) {
        return switch (first) {
            case 's', 't', 'm', 'd' -> 2;
            case 'r', 'v' -> second == 'e' ? 3 : 0;
            case 'l' -> second == 'l' ? 3 : 0;
            default -> 0;
        };
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }
}
