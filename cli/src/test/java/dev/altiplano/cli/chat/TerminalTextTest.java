package dev.altiplano.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TerminalTextTest {
    @Test
    void replacesWhatCommandsATerminal() {
        assertThat(TerminalText.harmless("a\u001b]0;title\u0007b\u009bc\r\u007f"))
                .isEqualTo("a\ufffd]0;title\ufffdb\ufffdc\ufffd\ufffd");
    }

    @Test
    void keepsTextOfEveryScript() {
        String text = "línea\n\ttab 日本 🏔️ \u200dمرحبا";

        assertThat(TerminalText.harmless(text)).isSameAs(text);
    }
}
