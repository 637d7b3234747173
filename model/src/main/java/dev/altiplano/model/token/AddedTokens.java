package dev.altiplano.model.token;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The tokens that stand in text as they are, before any splitting: special ones where the text is
 * trusted, user-defined ones everywhere. Finds them from left to right, the longest first.
 *
 * <p>A trie over chars: states are numbers from 0, edges lie in a {@link PairTable}. Immutable,
 * safe for many threads.
 */
final class AddedTokens {
    /** A token in the text, from {@code start} to {@code end}. */
    record Match(int id, int start, int end) {}

    /** So that a search looks a bounded way ahead; the longest known has 46 characters. */
    private static final int CHARS_MAX = 1024;

    private static final int NONE = -1;

    private final Map<String, Integer> specialIds = new HashMap<>();
    private final PairTable edges = new PairTable(1024);
    private final BitSet firstChars = new BitSet();
    private final BitSet specials = new BitSet();
    private int[] idOfState = {NONE};
    private int states = 1;
    private boolean hasUserDefined;

    /** The match that stands for none: at the end of the text. */
    static Match endOf(String text) {
        return new Match(NONE, text.length(), text.length());
    }

    /** Whether some token can stand in text that nobody trusts. */
    boolean hasUserDefined() {
        return hasUserDefined;
    }

    /** The id of a special token by its text, or -1. */
    int specialId(String text) {
        return specialIds.getOrDefault(text, NONE);
    }

    /**
     * Adds a token while the vocabulary is read; false if another one has the same text, or it is
     * empty or longer than {@link #CHARS_MAX}.
     */
    boolean add(String text, int id, TokenKind kind) {
        if (text.isEmpty() || text.length() > CHARS_MAX) {
            return false;
        }
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            state = childOf(state, text.charAt(i));
        }
        if (idOfState[state] != NONE) {
            return false;
        }
        idOfState[state] = id;
        firstChars.set(text.charAt(0));
        if (kind.isSpecial()) {
            specials.set(id);
            specialIds.put(text, id);
        } else {
            hasUserDefined = true;
        }
        return true;
    }

    private int childOf(int state, char next) {
        long child = edges.get(state, next);
        if (child != PairTable.MISSING) {
            return (int) child;
        }
        edges.putIfMissing(state, next, states);
        if (states == idOfState.length) {
            idOfState = Arrays.copyOf(idOfState, states * 2);
        }
        idOfState[states] = NONE;
        return states++;
    }

    /** The first token at or after {@code from}, or {@link #endOf} the text. */
    Match next(PromptText prompt, int from) {
        String text = prompt.text();
        for (int start = from; start < text.length(); start++) {
            if (firstChars.get(text.charAt(start))) {
                Match match = longestAt(prompt, start);
                if (match.id != NONE) {
                    return match;
                }
            }
        }
        return endOf(text);
    }

    private Match longestAt(PromptText prompt, int start) {
        String text = prompt.text();
        Match longest = new Match(NONE, start, start);
        long state = 0;
        for (int end = start; end < text.length(); ) {
            state = edges.get((int) state, text.charAt(end++));
            if (state == PairTable.MISSING) {
                break;
            }
            int id = idOfState[(int) state];
            if (id != NONE && (!specials.get(id) || prompt.isTrusted(start, end))) {
                longest = new Match(id, start, end);
            }
        }
        return longest;
    }
}
