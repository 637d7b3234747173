package dev.altiplano.cli.chat;

import dev.altiplano.compute.AltiplanoException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * The loop of the chat: reads a message, prints the answer while it comes, keeps both. Ctrl-C stops
 * the answer and not the program; twice at an empty prompt it ends, as Ctrl-D does.
 */
public final class TerminalChat {
    private static final int HISTORY_LINES = 2_000;
    private static final String PROMPT = "> ";

    private final Terminal terminal;
    private final LineReader reader;
    private final Answerer answerer;
    private final Conversation conversation;
    private final PrintWriter out;
    private Optional<Answer> lastAnswer = Optional.empty();
    private long totalTokens;
    private int answerCount;
    private boolean leavesOnInterrupt;

    TerminalChat(
            Terminal terminal, LineReader reader, Answerer answerer, Conversation conversation) {
        this.terminal = terminal;
        this.reader = reader;
        this.answerer = answerer;
        this.conversation = conversation;
        this.out = terminal.writer();
    }

    /**
     * Opens the terminal and chats until the person leaves.
     *
     * @param history where typed lines are kept
     */
    public static void run(
            String modelName, Answerer answerer, Conversation conversation, Path history)
            throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().name("altiplano").build()) {
            LineReader reader = reader(terminal, history);
            terminal.writer().println(modelName + " — /help for help");
            new TerminalChat(terminal, reader, answerer, conversation).run();
        }
    }

    /** Reads messages of one or more lines, and keeps them in {@code history}. */
    static LineReader reader(Terminal terminal, Path history) {
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("altiplano")
                .parser(new MessageParser())
                .completer(new StringsCompleter(SlashCommand.words()))
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "… ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    /** Runs until the person leaves. */
    void run() {
        while (true) {
            try {
                String line = reader.readLine(styled(PROMPT, AttributedStyle.BOLD));
                leavesOnInterrupt = false;
                if (!line.isBlank() && !handle(line)) {
                    return;
                }
            } catch (UserInterruptException abandonedLine) {
                if (leavesOnInterrupt && abandonedLine.getPartialLine().isEmpty()) {
                    return;
                }
                leavesOnInterrupt = true;
                hint("Ctrl-C once more, Ctrl-D or /exit ends the chat.");
            } catch (EndOfFileException left) {
                return;
            } catch (AltiplanoException failure) {
                hint(String.valueOf(failure.getMessage()));
            }
        }
    }

    /** False if the person wants to leave. A message between fences is never a command. */
    private boolean handle(String line) {
        String message = MessageParser.message(line);
        if (!line.strip().startsWith("/")) {
            ask(message);
            return true;
        }
        String[] words = message.split("\\s+", 2);
        Optional<SlashCommand> command = SlashCommand.of(words[0]);
        if (command.isEmpty()) {
            hint("There is no %s; /help lists what there is.".formatted(words[0]));
            return true;
        }
        return obey(command.get(), words.length > 1 ? words[1].strip() : "");
    }

    private boolean obey(SlashCommand command, String argument) {
        switch (command) {
            case HELP -> help();
            case SYSTEM -> system(argument);
            case NEW -> {
                conversation.restart(conversation.system());
                hint("A new conversation.");
            }
            case RETRY -> retry();
            case SAVE -> {
                conversation.save(file(argument));
                hint("Saved %d messages.".formatted(conversation.turnCount()));
            }
            case LOAD -> {
                conversation.load(file(argument));
                hint("Loaded %d messages.".formatted(conversation.turnCount()));
            }
            case STATS -> stats();
            case EXIT -> {
                return false;
            }
        }
        return true;
    }

    /** The file that was named; {@code ~/} is the person's folder, as in a shell. */
    private static Path file(String argument) {
        if (argument.isEmpty()) {
            throw new AltiplanoException("expected a file name, such as /save chat.json");
        }
        try {
            return argument.startsWith("~/")
                    ? Path.of(System.getProperty("user.home"), argument.substring(2))
                    : Path.of(argument);
        } catch (InvalidPathException noPath) {
            throw new AltiplanoException(
                    "expected a file name, found one that this system cannot have: "
                            + noPath.getReason(),
                    noPath);
        }
    }

    private void ask(String message) {
        conversation.user(message);
        try {
            answerLast();
        } catch (AltiplanoException failure) {
            conversation.dropLast();
            throw failure;
        }
    }

    private void answerLast() {
        SignalHandler before = terminal.handle(Signal.INT, signal -> answerer.stop());
        try {
            Answer answer = answerer.answer(conversation.messages(), this::show);
            out.println();
            conversation.assistant(answer.text());
            lastAnswer = Optional.of(answer);
            totalTokens += answer.promptTokens() + answer.answerTokens();
            answerCount++;
            if (!answer.ending().isEmpty()) {
                hint(answer.ending());
            }
        } finally {
            terminal.handle(Signal.INT, before);
        }
    }

    private void show(String text) {
        out.print(TerminalText.harmless(text));
        out.flush();
    }

    private void retry() {
        if (conversation.turnCount() < 2) {
            hint("Nothing was answered yet.");
            return;
        }
        conversation.dropLast();
        answerLast();
    }

    private void system(String text) {
        if (text.isEmpty()) {
            hint(conversation.system().orElse("No system text."));
            return;
        }
        conversation.restart(Optional.of(text));
        hint("Set; a new conversation.");
    }

    private void stats() {
        hint(lastAnswer.map(Answer::figures).orElse("No answer yet."));
        hint("%d answers, %d tokens in all".formatted(answerCount, totalTokens));
    }

    private void help() {
        for (SlashCommand command : SlashCommand.values()) {
            out.println(command.help());
        }
        out.println(
                "  \"\"\"              begins and ends a message of several lines; so does \\ at an end");
        out.println("  Ctrl-C           stops the answer; twice at the prompt, ends");
        out.flush();
    }

    private void hint(String line) {
        out.println(styled(TerminalText.harmless(line), AttributedStyle.DEFAULT.faint()));
        out.flush();
    }

    /** In a style, where the terminal knows styles. */
    private String styled(String text, AttributedStyle style) {
        return new AttributedString(text, style).toAnsi(terminal);
    }
}
