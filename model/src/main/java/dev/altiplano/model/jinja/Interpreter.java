package dev.altiplano.model.jinja;

import dev.altiplano.model.jinja.Statement.MacroBody;
import dev.altiplano.model.jinja.Statement.Target;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Runs statements. Owned by one rendering. */
final class Interpreter {
    /** How a statement ends. */
    private enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    private final Session session;
    private final Evaluator evaluator;

    Interpreter(Session session) {
        this.session = session;
        this.evaluator = new Evaluator(session);
    }

    Text run(List<Statement> statements, Scope scope) {
        Text.Builder output = Text.builder();
        run(statements, scope, output);
        return output.build();
    }

    private Flow run(List<Statement> statements, Scope scope, Text.Builder output) {
        session.enter();
        try {
            for (Statement statement : statements) {
                Flow flow = run(statement, scope, output);
                if (flow != Flow.NEXT) {
                    return flow;
                }
            }
            return Flow.NEXT;
        } finally {
            session.leave();
        }
    }

    private Flow run(Statement statement, Scope scope, Text.Builder output) {
        try {
            session.charge(1);
            return execute(statement, scope, output);
        } catch (ChatTemplateException failure) {
            throw failure.at(statement.at());
        }
    }

    private Flow execute(Statement statement, Scope scope, Text.Builder output) {
        switch (statement) {
            case Statement.Data data -> write(data.text(), output);
            case Statement.Print print ->
                    write(Printing.text(session, evaluator.value(print.value(), scope)), output);
            case Statement.If condition -> {
                return choose(condition, scope, output);
            }
            case Statement.For loop -> {
                return repeat(loop, scope, output);
            }
            case Statement.Break _ -> {
                return Flow.BREAK;
            }
            case Statement.Continue _ -> {
                return Flow.CONTINUE;
            }
            case Statement.Assign assign ->
                    assign(assign.target(), evaluator.value(assign.value(), scope), scope);
            case Statement.AssignBlock block ->
                    assign(
                            block.target(),
                            filtered(run(block.body(), scope.inner()), block.filters(), scope),
                            scope);
            case Statement.DefineMacro definition ->
                    scope.set(
                            definition.name(),
                            macro(
                                    "<Macro '%s'>".formatted(definition.name()),
                                    definition.macro(),
                                    scope));
            case Statement.CallBlock block -> write(call(block, scope), output);
            case Statement.FilterBlock block -> {
                Scope inner = scope.inner();
                Value result = filtered(run(block.body(), inner), block.filters(), inner);
                write(Printing.text(session, result), output);
            }
            case Statement.With with -> {
                return runWith(with, scope, output);
            }
        }
        return Flow.NEXT;
    }

    private void write(Text text, Text.Builder output) {
        session.requireText((long) output.length() + text.length());
        session.chargeText(text.length());
        output.append(text);
    }

    private Flow choose(Statement.If condition, Scope scope, Text.Builder output) {
        for (Statement.If.Branch branch : condition.branches()) {
            if (evaluator.isTrue(branch.test(), scope)) {
                return run(branch.body(), scope, output);
            }
        }
        return run(condition.otherwise(), scope, output);
    }

    private Flow repeat(Statement.For statement, Scope scope, Text.Builder output) {
        Loop loop = loop(statement, scope);
        // As in Jinja, a round that breaks or continues does not count for the else.
        boolean hasRun = false;
        while (loop.hasNext()) {
            Scope round = scope.inner();
            assign(statement.target(), loop.advance(), round);
            round.set("loop", loop);
            Flow flow = run(statement.body(), round, output);
            if (flow == Flow.BREAK) {
                break;
            }
            hasRun |= flow == Flow.NEXT;
        }
        return hasRun ? Flow.NEXT : run(statement.otherwise(), scope.inner(), output);
    }

    private Loop loop(Statement.For statement, Scope scope) {
        Value items = evaluator.value(statement.items(), scope);
        Iterator<Value> iterator = Items.iterator(session, items);
        if (statement.test().isEmpty()) {
            return new Loop(Items.length(items), iterator);
        }
        Expression test = statement.test().get();
        Iterator<Value> passing =
                new Selection(
                        iterator,
                        item -> {
                            Scope round = scope.inner();
                            assign(statement.target(), item, round);
                            return evaluator.isTrue(test, round);
                        });
        return new Loop(OptionalInt.empty(), passing);
    }

    private Flow runWith(Statement.With with, Scope scope, Text.Builder output) {
        Scope inner = scope.inner();
        for (Statement.Assign variable : with.variables()) {
            assign(variable.target(), evaluator.value(variable.value(), scope), inner);
        }
        return run(with.body(), inner, output);
    }

    private void assign(Target target, Value value, Scope scope) {
        switch (target) {
            case Target.Variable variable -> scope.set(variable.name(), value);
            case Target.Attribute attribute -> {
                if (!(scope.get(attribute.namespace()) instanceof Namespace namespace)) {
                    throw ChatTemplateException.evaluation(
                                    "'%s' is not a namespace, so no attribute of it can be set"
                                            .formatted(attribute.namespace()))
                            .at(attribute.at());
                }
                namespace.set(attribute.name(), value);
            }
            case Target.Unpacking unpacking -> {
                List<Value> items = Items.list(session, value);
                if (items.size() != unpacking.targets().size()) {
                    throw ChatTemplateException.evaluation(
                                    "expected %d values to unpack, found %d"
                                            .formatted(unpacking.targets().size(), items.size()))
                            .at(unpacking.at());
                }
                for (int i = 0; i < items.size(); i++) {
                    assign(unpacking.targets().get(i), items.get(i), scope);
                }
            }
        }
    }

    private Value filtered(Value text, List<Expression.FilterCall> filters, Scope scope) {
        Value value = text;
        for (Expression.FilterCall filter : filters) {
            value = evaluator.filter(value, filter, scope);
        }
        return value;
    }

    private Text call(Statement.CallBlock block, Scope scope) {
        Value target = evaluator.value(block.call().target(), scope);
        Arguments given = evaluator.arguments(block.call().arguments(), scope);
        Map<String, Value> named = new LinkedHashMap<>(given.named());
        named.put("caller", macro("<Macro 'caller'>", block.caller(), scope));
        return Printing.text(
                session, session.call(target, new Arguments(given.positional(), named)));
    }

    /** A macro that sees the variables of the place where it is defined. */
    private Value macro(String label, MacroBody macro, Scope definition) {
        return new Value.Function(
                label,
                (_, arguments) -> run(macro.body(), bind(label, macro, arguments, definition)));
    }

    private Scope bind(String label, MacroBody macro, Arguments arguments, Scope definition) {
        Scope scope = definition.inner();
        Map<String, Value> named = new LinkedHashMap<>(arguments.named());
        List<Value> positional = arguments.positional();
        int index = 0;
        for (MacroBody.Parameter parameter : macro.parameters()) {
            Optional<Value> given =
                    index < positional.size()
                            ? Optional.of(positional.get(index))
                            : Optional.ofNullable(named.remove(parameter.name()));
            scope.set(
                    parameter.name(),
                    given.or(() -> parameter.fallback().map(value -> evaluator.value(value, scope)))
                            .orElseGet(() -> notGiven(parameter.name())));
            index++;
        }
        bindRest(label, macro, positional, named, scope);
        return scope;
    }

    private static Value notGiven(String parameter) {
        return new Value.Undefined("the parameter '%s' was not given".formatted(parameter));
    }

    /** {@code caller}, {@code varargs} and {@code kwargs}, for a macro that asks for them. */
    private static void bindRest(
            String label,
            MacroBody macro,
            List<Value> positional,
            Map<String, Value> named,
            Scope scope) {
        boolean hasOwnCaller =
                macro.parameters().stream().anyMatch(each -> each.name().equals("caller"));
        if (macro.usesCaller() && !hasOwnCaller) {
            Value caller = named.remove("caller");
            scope.set(
                    "caller", caller == null ? new Value.Undefined("there is no caller") : caller);
        }
        int expected = macro.parameters().size();
        if (macro.usesKwargs()) {
            scope.set("kwargs", Dict.of(named, true));
        } else if (!named.isEmpty()) {
            throw ChatTemplateException.evaluation(
                    "%s does not know the argument '%s'"
                            .formatted(label, named.keySet().iterator().next()));
        }
        if (macro.usesVarargs()) {
            List<Value> rest = new ArrayList<>(positional);
            scope.set(
                    "varargs",
                    Sequence.tuple(rest.subList(Math.min(expected, rest.size()), rest.size())));
        } else if (positional.size() > expected) {
            throw ChatTemplateException.evaluation(
                    "%s takes at most %d arguments, found %d"
                            .formatted(label, expected, positional.size()));
        }
    }
}
