package dev.altiplano.model.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PieceTextTest {
    @ParameterizedTest
    @CsvSource({
        "61C3B1, añ",
        "F09F9880, 😀",
        "EFBFBD, \uFFFD",
        "C3, <0xC3>",
        "61F09F98, a<0xF0><0x9F><0x98>",
        "B162, <0xB1>b",
        "EDA080, <0xED><0xA0><0x80>",
        "C0AF, <0xC0><0xAF>",
        "FFFE, <0xFF><0xFE>"
    })
    void showsBytesOutsideAWholeCharacter(String bytes, String text) {
        assertThat(PieceText.of(HexFormat.of().parseHex(bytes))).isEqualTo(text);
    }
}
