package dev.altiplano.model.jinja;

import java.util.List;

/** Reads tokens one after the other and says what was expected when another one stands there. */
final class TokenCursor {
    private final List<Token> tokens;
    private final int nestingMax;
    private int index;
    private int depth;

    TokenCursor(List<Token> tokens, int nestingMax) {
        this.tokens = tokens;
        this.nestingMax = nestingMax;
    }

    Token current() {
        return tokens.get(index);
    }

    /** The token after the current one. */
    Token following() {
        return tokens.get(Math.min(index + 1, tokens.size() - 1));
    }

    Position position() {
        return current().position();
    }

    Token take() {
        Token token = current();
        if (token.kind() != Token.Kind.END) {
            index++;
        }
        return token;
    }

    boolean is(Token.Kind kind) {
        return current().kind() == kind;
    }

    boolean isName(String name) {
        return current().isName(name);
    }

    boolean isOperator(String operator) {
        return current().isOperator(operator);
    }

    boolean skipName(String name) {
        boolean isThere = isName(name);
        if (isThere) {
            take();
        }
        return isThere;
    }

    boolean skipOperator(String operator) {
        boolean isThere = isOperator(operator);
        if (isThere) {
            take();
        }
        return isThere;
    }

    Token expect(Token.Kind kind, String expected) {
        if (!is(kind)) {
            throw unexpected(expected);
        }
        return take();
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    String expectName(String expected) {
        return expect(Token.Kind.NAME, expected).text();
    }

    void expectKeyword(String name) {
        if (!skipName(name)) {
            throw unexpected("'" + name + "'");
        }
    }

    ChatTemplateException unexpected(String expected) {
        return fail("expected %s, found %s.".formatted(expected, current().describe()));
    }

    ChatTemplateException fail(String problem) {
        return ChatTemplateException.syntax(position(), problem);
    }

    /** One level deeper into nested syntax; every call is paired with {@link #leave}. */
    void enter() {
        if (++depth > nestingMax) {
            throw ChatTemplateException.limit(
                            "nests deeper than %d levels. Use a simpler template."
                                    .formatted(nestingMax))
                    .at(position());
        }
    }

    void leave() {
        depth--;
    }
}
