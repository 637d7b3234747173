package dev.altiplano.cli;

import dev.altiplano.cli.plan.PlanCommand;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code altiplano} can do, in the order of its help page. */
enum Verb {
    HELP("help", HelpCommand.class),
    SERVE("serve", ServeCommand.class),
    CHAT("chat", ChatCommand.class),
    PULL("pull", PullCommand.class),
    MODELS("models", ModelsCommand.class),
    TOKENIZE("tokenize", TokenizeCommand.class),
    INSPECT("inspect", InspectCommand.class),
    CONVERT("convert", ConvertCommand.class),
    QUANTIZE("quantize", QuantizeCommand.class),
    LOGITS("logits", LogitsCommand.class),
    BENCH("bench", BenchCommand.class),
    EVAL("eval", EvalCommand.class),
    PLAN("plan", PlanCommand.class),
    DOCTOR("doctor", DoctorCommand.class),
    GENERATE_COMPLETION("generate-completion", CompletionCommand.class);

    private final String word;
    private final Class<?> command;

    Verb(String word, Class<?> command) {
        this.word = word;
        this.command = command;
    }

    String word() {
        return word;
    }

    /** The picocli command behind it. */
    Class<?> command() {
        return command;
    }

    /** What the list of verbs shows of it: looking through its options takes far longer. */
    CommandSpec outline() {
        Command annotation = Objects.requireNonNull(command.getAnnotation(Command.class));
        CommandSpec spec = CommandSpec.create().name(word);
        spec.usageMessage().header(annotation.header()).description(annotation.description());
        return spec;
    }

    static Optional<Verb> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word.equals(word)).findFirst();
    }
}
