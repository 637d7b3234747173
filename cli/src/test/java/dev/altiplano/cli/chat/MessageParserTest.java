package dev.altiplano.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageParserTest {
    private final MessageParser parser = new MessageParser();

    @ParameterizedTest
    @ValueSource(strings = {"\"\"\"", "\"\"\"first\nsecond", "it goes on \\"})
    void asksForMoreWhileAMessageIsOpen(String line) {
        assertThatThrownBy(() -> parser.parse(line, line.length(), ParseContext.ACCEPT_LINE))
                .isInstanceOf(EOFError.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "it's \"half quoted", "\"\"\"a\nb\"\"\"", "a \\\nb"})
    void acceptsWhatIsComplete(String line) {
        assertThatCode(() -> parser.parse(line, line.length(), ParseContext.ACCEPT_LINE))
                .doesNotThrowAnyException();
    }

    @Test
    void dropsTheFencesAndKeepsTheLines() {
        assertThat(MessageParser.message("\"\"\"first\n  second\"\"\""))
                .isEqualTo("first\n  second");
    }

    @Test
    void joinsContinuedLines() {
        assertThat(MessageParser.message("first\\\nsecond")).isEqualTo("first\nsecond");
    }
}
