package dev.altiplano.cli;

import dev.altiplano.cli.chat.Answer;
import dev.altiplano.cli.chat.Answerer;
import dev.altiplano.cli.chat.Conversation;
import dev.altiplano.cli.chat.EngineAnswerer;
import dev.altiplano.cli.chat.PipeChat;
import dev.altiplano.cli.chat.TerminalChat;
import dev.altiplano.cli.hub.DefaultModel;
import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.engine.Engine;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altiplano chat}: a conversation in the terminal, or one answer in a pipe. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        description = "Chats with a model in the terminal; in a pipe, answers once.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano chat",
            "  altiplano chat model.gguf --system 'Answer in Spanish.'",
            "  echo 'What is the capital of France?' | altiplano chat -",
            "  git diff | altiplano chat model.gguf - --temperature 0",
        })
final class ChatCommand implements Runnable {
    private static final String FROM_PIPE = "-";

    @Parameters(
            arity = "0..2",
            paramLabel = "MODEL",
            description = "File, folder or pulled name (default: smollm2); - reads one message.")
    private List<String> words = List.of();

    @Option(names = "--system", paramLabel = "TEXT", description = "What the model is told first.")
    private @Nullable String system;

    @Option(
            names = {"-n", "--max-tokens"},
            paramLabel = "N",
            defaultValue = "2147483647",
            showDefaultValue = Visibility.NEVER,
            description = "The longest answer (default: what fits the context).")
    private int maxTokens;

    @Option(names = "--stats", description = "In a pipe: figures on the error stream.")
    private boolean stats;

    @Mixin private EngineFlags engineFlags;
    @Mixin private SamplingFlags samplingFlags;
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        List<String> models = words.stream().filter(word -> !word.equals(FROM_PIPE)).toList();
        if (models.size() > 1) {
            throw new AltiplanoException(
                    "chat: expected one model, found %s. Quote a message and pipe it in."
                            .formatted(models));
        }
        PrintWriter err = spec.commandLine().getErr();
        Path model = Models.resolve(models.isEmpty() ? DefaultModel.NAME : models.get(0), err);
        try (Engine engine = engineFlags.open(model, 1)) {
            EngineAnswerer answerer =
                    new EngineAnswerer(engine, samplingFlags.options(), maxTokens);
            Conversation conversation = new Conversation(Optional.ofNullable(system));
            if (words.contains(FROM_PIPE) || !isTerminal()) {
                pipe(answerer, conversation);
            } else {
                Files.createDirectories(Home.folder());
                TerminalChat.run(
                        engine.model().name(),
                        answerer,
                        conversation,
                        Home.folder().resolve("history"));
            }
        } catch (IOException failure) {
            throw new AltiplanoException(
                    "chat: the terminal or a file failed: " + failure, failure);
        }
    }

    @SuppressWarnings("SystemConsoleNull") // it is null with -Djdk.console=java.base in a pipe
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private void pipe(Answerer answerer, Conversation conversation) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Answer answer = PipeChat.answer(System.in, out, answerer, conversation);
        if (stats) {
            spec.commandLine().getErr().println(answer.figures());
            spec.commandLine().getErr().flush();
        }
    }
}
