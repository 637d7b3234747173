package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
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
    @MethodSource("singleVerbs")
    void looksAtOneVerbOnlyWhereOneIsAskedFor(Verb verb) {
        assertThat(Altiplano.verbsFor(new String[] {verb.word(), "--help"})).containsExactly(verb);
    }

    private static Stream<Verb> singleVerbs() {
        return Arrays.stream(Verb.values()).filter(verb -> !verb.knowsTheOthers());
    }

    @Test
    void looksAtAllVerbsWhereAnyMayBeMeant() {
        for (String word : new String[] {"--help", "help", "chta", "generate-completion"}) {
            assertThat(Altiplano.verbsFor(new String[] {word})).containsExactly(Verb.values());
        }
        assertThat(Altiplano.verbsFor(new String[0])).containsExactly(Verb.values());
    }

    private int execute(String... arguments) {
        CommandLine commandLine = Altiplano.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
