package dev.altiplano.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void alignsNumbersToTheRightAndTextToTheLeft() {
        StringWriter text = new StringWriter();

        new Table()
                .column("name", Table.Align.LEFT)
                .column("size", Table.Align.RIGHT)
                .row("a", 5)
                .row("longer", 12345)
                .print(new PrintWriter(text));

        assertThat(text.toString().lines())
                .containsExactly(
                        "name     size", "──────  ─────", "a           5", "longer  12345");
    }
}
