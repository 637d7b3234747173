package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import picocli.CommandLine;

final class AltiplanoTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @EnumSource(
            value = Verb.class,
            mode = Mode.EXCLUDE,
            names = {"HELP", "GENERATE_COMPLETION"})
    void everyVerbHasHelpWithAnExample(Verb verb) {
        assertThat(execute(verb.word(), "--help")).isZero();

        assertThat(out.toString()).contains("Usage: altiplano " + verb.word(), "altiplano ");
        assertThat(out.toString().lines().filter(line -> line.startsWith("  altiplano")))
                .isNotEmpty();
    }

    @Test
    void listsEveryVerbAndTheExitCodes() {
        execute("--help");

        assertThat(out.toString())
                .contains(Stream.of(Verb.values()).map(v -> "\n  " + v.word()).toList())
                .contains("Exit codes:", "70");
    }

    @Test
    void namesTheNearestVerbAndOption() {
        assertThat(execute("chta")).isEqualTo(2);
        assertThat(err.toString()).contains("chta", "chat");

        assertThat(execute("chat", "--temprature", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("--temprature", "--temperature");
    }

    @ParameterizedTest
    @EnumSource(
            value = Verb.class,
            mode = Mode.EXCLUDE,
            names = {"HELP", "GENERATE_COMPLETION"})
    void looksAtOneVerbOnlyWhereOneIsAskedFor(Verb verb) {
        String[] arguments = {verb.word(), "--help"};

        assertThat(Altiplano.whole(arguments)).containsExactly(verb);
        assertThat(Altiplano.outlined(arguments)).isEmpty();
    }

    @Test
    void looksThroughNoVerbToListThem() {
        for (String word : new String[] {"--help", "help", "chta", ""}) {
            String[] arguments = {word};
            assertThat(Altiplano.whole(arguments)).containsExactly(Verb.HELP);
            assertThat(Altiplano.outlined(arguments)).hasSize(Verb.values().length - 1);
        }
    }

    @Test
    void looksThroughTheVerbThatHelpIsAskedFor() {
        assertThat(Altiplano.whole(new String[] {"help", "chat"}))
                .containsExactly(Verb.HELP, Verb.CHAT);
    }

    @Test
    void completionKnowsAllVerbs() {
        assertThat(Altiplano.whole(new String[] {"generate-completion"}))
                .containsExactly(Verb.values());
    }

    @Test
    void theListOfOutlinesReadsAsThatOfWholeVerbs() {
        execute("--help");

        String listed = Altiplano.commandLine(new String[] {"--help"}).getUsageMessage();

        assertThat(listed.lines()).containsExactlyElementsOf(out.toString().lines().toList());
    }

    private int execute(String... arguments) {
        CommandLine commandLine = Altiplano.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
