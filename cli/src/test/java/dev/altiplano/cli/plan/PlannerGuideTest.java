package dev.altiplano.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide shows what the commands in it print. */
final class PlannerGuideTest {
    private static final Path ROOT = Path.of("..");
    private static final String COMMAND = "$ altiplano plan ";
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir private Path out;

    /** Run the test with {@code -Dupdate-docs} to write the pages anew. */
    @ParameterizedTest
    @ValueSource(strings = {"planner-guide.md", "planner-guide.es.md"})
    void showsWhatTheCommandsPrint(String name) throws IOException {
        Path page = ROOT.resolve("docs").resolve(name);
        String text = withOutputs(Files.readAllLines(page));
        if (System.getProperty("update-docs") != null) {
            Files.writeString(page, text);
        }

        assertThat(page).hasContent(text);
    }

    private String withOutputs(List<String> lines) {
        List<String> page = new ArrayList<>();
        boolean inOutput = false;
        for (String line : lines) {
            if (line.startsWith(COMMAND)) {
                page.add(line);
                page.addAll(output(line.substring(COMMAND.length())));
                inOutput = true;
            } else if (line.equals("```") || !inOutput) {
                page.add(line);
                inOutput = false;
            }
        }
        return String.join("\n", page) + "\n";
    }

    /** What the command prints, but for the list of defaults at its end. */
    private List<String> output(String command) {
        PlanRun run = PlanRun.of(words(command));
        assertThat(run.err()).as(command).isEmpty();
        assertThat(run.exitCode()).as(command).isIn(PlanExit.FINE, PlanExit.CHECK_FAILED);
        return run
                .out()
                .lines()
                .takeWhile(line -> !line.equals("Defaults used:"))
                .map(String::stripTrailing)
                .toList()
                .reversed()
                .stream()
                .dropWhile(String::isEmpty)
                .toList()
                .reversed();
    }

    /** Commands are written for the root of the repository; files go to a folder of the test. */
    private String[] words(String command) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(command);
        while (matcher.find()) {
            String word = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            boolean isFolder = !words.isEmpty() && words.getLast().equals("--out");
            if (isFolder) {
                words.add(out.resolve(word).toString());
            } else {
                words.add(word.startsWith("docs/") ? ROOT.resolve(word).toString() : word);
            }
        }
        return words.toArray(String[]::new);
    }
}
