package dev.altiplano.model.jinja;

/**
 * A piece of a template.
 *
 * @param text the data, name, operator or number as written; a string with its escapes resolved
 */
record Token(Kind kind, String text, Position position) {
    enum Kind {
        DATA,
        PRINT_BEGIN,
        PRINT_END,
        TAG_BEGIN,
        TAG_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    /** For messages. */
    String describe() {
        return switch (kind) {
            case DATA -> "text";
            case PRINT_BEGIN -> "'{{'";
            case PRINT_END -> "'}}'";
            case TAG_BEGIN -> "'{%'";
            case TAG_END -> "'%}'";
            case STRING -> "a string";
            case NAME, INTEGER, FLOAT, OPERATOR -> "'" + text + "'";
            case END -> "the end of the template";
        };
    }
}
