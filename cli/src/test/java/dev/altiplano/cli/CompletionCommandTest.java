package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The script as bash runs it. */
final class CompletionCommandTest {
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir private static Path folder;

    @BeforeAll
    static void writesTheScript() throws IOException {
        assumeTrue(Files.isExecutable(BASH), "no bash here");
        StringWriter out = new StringWriter();
        CommandLine program = Altiplano.commandLine().setOut(new PrintWriter(out));
        assertThat(program.execute("generate-completion")).isZero();
        Files.writeString(folder.resolve("completion.sh"), out.toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "plan sea, search",
        "plan simulate --power-re, --power-resolution",
        "plan goodput --set reliability.prof, reliability.profile=rsc-1",
        "plan cost --set mon, money.tariff=auto",
        "plan cost --set cluster.g, cluster.gpus=",
        "plan emit plan.yaml --engine job, jobset",
        "plan catalog reg, regions",
    })
    void completesVerbsOptionsKeysAndNames(String typed, String answer) throws Exception {
        assertThat(answers(typed.split(" "))).contains(answer);
    }

    /** Bash hands these over as words of their own around "=". */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "plan cost --set model = llama-4, llama-4-maverick",
        "plan cost --set cluster.accelerator = , gb200",
        "plan cost --set seed = 3 --set site.region = O, OR",
        "plan cost --set layout = se, search",
    })
    void completesWhatFollowsTheEqualsSign(String typed, String answer) throws Exception {
        assertThat(answers(typed.split(" ")))
                .contains(answer)
                .allMatch(word -> !word.contains("="));
    }

    @Test
    void offersOnlyWhatBeginsAsTyped() throws Exception {
        assertThat(answers("plan", "cost", "--set", "site.region", "=", "O"))
                .containsExactlyInAnyOrder("OH", "OR");
    }

    private static List<String> answers(String... words) throws Exception {
        StringBuilder typed = new StringBuilder("altiplano");
        for (String word : words) {
            typed.append(" '").append(word).append('\'');
        }
        Path script = folder.resolve("completion.sh");
        String program =
                """
                source '%s'
                COMP_WORDS=(%s)
                COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
                _complete_altiplano_joined
                printf '%%s\\n' "${COMPREPLY[@]}"
                """
                        .formatted(script, typed);
        Process bash =
                new ProcessBuilder(BASH.toString(), "--norc", "-c", program)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        List<String> lines = bash.inputReader().lines().map(String::strip).toList();
        assertThat(bash.waitFor()).isZero();
        return lines;
    }
}
