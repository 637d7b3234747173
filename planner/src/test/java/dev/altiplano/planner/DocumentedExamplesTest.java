package dev.altiplano.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java examples of {@code docs/planner.md} compile and answer. */
final class DocumentedExamplesTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("final class (\\w+) ");

    @TempDir private Path folder;

    private static List<String> examples() throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(DOCS.resolve("planner.md")));
        return blocks.results().map(result -> result.group(1)).toList();
    }

    @Test
    void thereIsOneForEachQuestion() throws IOException {
        assertThat(examples()).hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleAnswers(String source) throws Exception {
        String name =
                CLASS.matcher(source).results().map(r -> r.group(1)).findFirst().orElseThrow();

        String answer = answer(name, compiled(name, source));

        assertThat(answer).matches(expected(name));
    }

    /** What the text around the example promises. */
    private static String expected(String name) {
        return switch (name) {
            case "WhatFitsNow" -> "drain \\[n41\\], keep 2 spares, fits: true";
            case "WhatASiteCarries" -> "99029 at rated power, 130301 as .* d, US\\$ .* MUSD";
            case "HowToLaunch" ->
                    "Layout\\[.*\\], a checkpoint every \\d+ s, 0 spares, \\d+ lines.*";
            case "CanItBeTrue" -> "consistent-only-as: facility, node rated, of 12 readings";
            case "HowWrong" -> "6\\.\\d\\d s a step, .* MWh; \\d+ published checks, 0 missed";
            default -> throw new IllegalStateException("no expectation for " + name);
        };
    }

    private Path compiled(String name, String source) throws IOException {
        Path file = folder.resolve(name + ".java");
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int code =
                compiler.run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        file.toString());
        assertThat(code).as(name + " compiles").isZero();
        return folder;
    }

    private static String answer(String name, Path classes) throws Exception {
        URL[] path = {classes.toUri().toURL()};
        try (URLClassLoader loader =
                new URLClassLoader(path, DocumentedExamplesTest.class.getClassLoader())) {
            var method = loader.loadClass(name).getDeclaredMethod("answer", Path.class);
            method.setAccessible(true);
            return (String) method.invoke(null, DOCS.resolve("examples"));
        }
    }
}
