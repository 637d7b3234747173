package dev.altiplano.cli.chat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a line that begins with a slash can ask for. */
enum SlashCommand {
    HELP("/help", "", "these lines"),
    SYSTEM("/system", "[TEXT]", "shows or sets the system text; setting it starts anew"),
    NEW("/new", "", "forgets the conversation"),
    RETRY("/retry", "", "answers the last message again"),
    SAVE("/save", "FILE", "writes the conversation as JSON"),
    LOAD("/load", "FILE", "goes on with a saved conversation"),
    STATS("/stats", "", "tokens and speed of the last answer and of all"),
    EXIT("/exit", "", "ends, as Ctrl-D does");

    private final String word;
    private final String argument;
    private final String description;

    SlashCommand(String word, String argument, String description) {
        this.word = word;
        this.argument = argument;
        this.description = description;
    }

    String word() {
        return word;
    }

    /** One line for {@code /help}. */
    String help() {
        return "  %-16s %s".formatted((word + " " + argument).strip(), description);
    }

    /** All of them, for completion. */
    static List<String> words() {
        return Arrays.stream(values()).map(SlashCommand::word).toList();
    }

    static Optional<SlashCommand> of(String word) {
        return Arrays.stream(values()).filter(command -> command.word.equals(word)).findFirst();
    }
}
