package dev.altiplano.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.cli.text.Table.Align;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TableTest {
    private static final Table TABLE =
            new Table()
                    .column("what it is", Align.LEFT)
                    .column("share of it", Align.RIGHT)
                    .column("source", Align.LEFT)
                    .row("the first of several things", "0.5", "a long sentence of many words")
                    .row("the second", "12345", "short");

    @Test
    void alignsNumbersToTheRightAndTextToTheLeft() {
        Table table =
                new Table()
                        .column("name", Align.LEFT)
                        .column("size", Align.RIGHT)
                        .row("a", 5)
                        .row("longer", 12345);

        assertThat(print(table, 1_000))
                .containsExactly(
                        "name     size", "──────  ─────", "a           5", "longer  12345");
    }

    @Test
    void isAsWideAsItsCellsWhereThereIsRoom() {
        assertThat(print(1_000).getFirst())
                .isEqualTo("what it is                   share of it  source");
        assertThat(print(1_000)).hasSize(4);
    }

    @Test
    void foldsTextsAtWordsWhereThereIsNot() {
        assertThat(print(40))
                .containsExactly(
                        "what it is    share of it  source",
                        "────────────  ───────────  ─────────────",
                        "the first of          0.5  a long",
                        "several                    sentence of",
                        "things                     many words",
                        "the second          12345  short");
    }

    @ParameterizedTest(name = "{0} columns")
    @ValueSource(ints = {25, 30, 40, 60, 80})
    void noLineIsWiderThanTheScreen(int columns) {
        assertThat(print(columns)).allMatch(line -> line.length() <= columns);
    }

    @Test
    void columnsWithoutRoomFollowBelowTheFirstColumn() {
        Table table = new Table().column("name", Align.LEFT);
        for (String header : List.of("aaaaaaaa", "bbbbbbbb", "cccccccc")) {
            table.column(header, Align.RIGHT);
        }
        table.row("x", 1, 2, 3);

        assertThat(print(table, 24))
                .containsExactly(
                        "name  aaaaaaaa  bbbbbbbb",
                        "────  ────────  ────────",
                        "x            1         2",
                        "",
                        "name  cccccccc",
                        "────  ────────",
                        "x            3");
    }

    @Test
    void aBarInACellIsNoColumnOfMarkdown() {
        StringWriter out = new StringWriter();
        new Table().column("a", Align.LEFT).row("x | y").printMarkdown(new PrintWriter(out));

        assertThat(out.toString()).contains("| x \\| y |");
    }

    @Test
    void foldsAParagraphWithItsIndent() {
        assertThat(Folded.paragraph("  note: one two three", 14))
                .containsExactly("  note: one", "    two three");
        assertThat(Folded.lines("abcdefgh ij", 4)).containsExactly("abcd", "efgh", "ij");
    }

    private static List<String> print(int columns) {
        return print(TABLE, columns);
    }

    private static List<String> print(Table table, int columns) {
        StringWriter out = new StringWriter();
        table.print(new PrintWriter(out), columns);
        return out.toString().lines().toList();
    }
}
