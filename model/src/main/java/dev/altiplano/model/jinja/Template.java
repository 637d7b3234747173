package dev.altiplano.model.jinja;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A parsed chat template. Immutable and safe for many threads. */
public final class Template {
    private final List<Statement> statements;
    private final TemplateLimits limits;

    private Template(List<Statement> statements, TemplateLimits limits) {
        this.statements = List.copyOf(statements);
        this.limits = limits;
    }

    /** {@link #parse(String, TemplateLimits)} within {@link TemplateLimits#DEFAULT}. */
    public static Template parse(String source) {
        return parse(source, TemplateLimits.DEFAULT);
    }

    /** Throws {@link ChatTemplateException} with line and column if {@code source} is not Jinja. */
    public static Template parse(String source, TemplateLimits limits) {
        if (source.length() > limits.templateChars()) {
            throw ChatTemplateException.limit(
                    "expected a template of at most %d chars, found %d. Use a shorter one."
                            .formatted(limits.templateChars(), source.length()));
        }
        return new Template(
                StatementParser.parse(Lexer.tokenize(source), limits.nesting()), limits);
    }

    /**
     * The text that the template writes. {@code variables} stand over the functions of the
     * environment; the clock answers {@code strftime_now}.
     *
     * @throws ChatTemplateException if an operation fails, the template refuses the conversation,
     *     or a limit is reached
     */
    public Text render(Map<String, ? extends Value> variables, Clock clock) {
        Scope globals = Scope.outermost(Globals.ALL);
        Scope scope = globals.inner();
        variables.forEach(scope::set);
        try {
            return new Interpreter(new Session(limits, clock)).run(statements, scope);
        } catch (StackOverflowError smallStack) {
            // The limit on nesting fits a stack of 512 KB; a thread may have a smaller one.
            throw ChatTemplateException.limit("nests deeper than this thread's stack allows");
        }
    }
}
