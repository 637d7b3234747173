package dev.altiplano.planner.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.planner.problem.PlannerException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DocumentReaderTest {
    static Stream<Arguments> refused() {
        String bomb =
                "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
                        + Stream.iterate('b', c -> (char) (c + 1))
                                .limit(9)
                                .map(
                                        c ->
                                                c
                                                        + ": &"
                                                        + c
                                                        + " ["
                                                        + ("*" + (char) (c - 1) + ",").repeat(10)
                                                        + "]\n")
                                .reduce("", String::concat);
        return Stream.of(
                Arguments.of("a tag", "a: !!java.net.URL [x]", "E002", "tag"),
                Arguments.of("a key twice", "a: 1\na: 2", "E002", "stands twice"),
                Arguments.of("two documents", "a: 1\n---\nb: 2", "E002", "second document"),
                Arguments.of("an unknown alias", "a: *b", "E002", "anchor"),
                Arguments.of("deep nesting", "[".repeat(10_000), "E002", "nested deeper"),
                Arguments.of("a block as key", "{a: 1}: 2", "E002", "must be a word"),
                Arguments.of(
                        "101 aliases",
                        "a: &a 1\nb: [" + "*a,".repeat(101) + "]",
                        "E002",
                        "aliases"),
                Arguments.of("a bomb of aliases", bomb, "E002", "values, aliases written out"),
                Arguments.of("a broken line", "a: [1\nb: 2", "E002", "line"),
                Arguments.of("a long file", "#".repeat((10 << 20) + 1), "E001", "10 MiB"));
    }

    @ParameterizedTest(name = "refuses {0}")
    @MethodSource
    void refused(String what, String text, String code, String message) {
        assertThatThrownBy(() -> DocumentReader.read("x.yaml", text))
                .isInstanceOf(PlannerException.class)
                .hasMessageStartingWith(code)
                .hasMessageContaining(message);
    }

    @Test
    void refusesBytesThatAreNotText() {
        byte[] bytes = "a: é".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> DocumentReader.read("x.yaml", bytes)).hasMessageContaining("E001");
    }

    @Test
    void keepsTheLineOfEveryKey() {
        Value value = DocumentReader.read("x.yaml", "a: 1\nb:\n  c: [5,\n    6]\n");

        Value items = child(child(value, "b"), "c");
        assertThat(items.place()).hasToString("x.yaml line 3, b.c");
        assertThat(((Value.Sequence) items).items().get(1).place())
                .hasToString("x.yaml line 4, b.c[1]");
    }

    private static Value child(Value block, String key) {
        return Objects.requireNonNull(((Value.Mapping) block).entries().get(key));
    }
}
