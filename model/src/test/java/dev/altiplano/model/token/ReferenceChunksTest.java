package dev.altiplano.model.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReferenceChunksTest {
    @Test
    void leavesOrdinaryTextWhole() {
        assertThat(chunks("word ".repeat(60_000))).containsExactly(300_000);
    }

    @Test
    void cutsARunAfter25000Characters() {
        assertThat(chunks("x ".repeat(10) + "a".repeat(60_000) + " end"))
                .containsExactly(25_020, 25_000, 10_004);
    }

    @Test
    void countsCharactersRatherThanBytes() {
        assertThat(chunks("日".repeat(25_001))).containsExactly(25_000, 1);
    }

    @Test
    void takesWhiteSpaceAndSeparatorsForOneRun() {
        assertThat(chunks(" \n\u001c\u3000\u0085".repeat(5_001))).containsExactly(25_000, 5);
    }

    @Test
    void cutsEveryTextAfter400000CharactersAndCountsRunsAnew() {
        String text = "b ".repeat(195_000) + "a".repeat(20_000) + "a".repeat(24_000);

        assertThat(chunks(text)).containsExactly(400_000, 34_000 - 9_000, 9_000);
    }

    private static List<Integer> chunks(String text) {
        byte[] bytes = Utf8.encode(text);
        int end = bytes.length - Utf8.PADDING_BYTES;
        ReferenceChunks chunks = new ReferenceChunks(bytes, end);
        List<Integer> characters = new ArrayList<>();
        for (int start = 0; start < end; ) {
            int chunkEnd = chunks.next();
            String chunk = new String(bytes, start, chunkEnd - start, StandardCharsets.UTF_8);
            characters.add(chunk.codePointCount(0, chunk.length()));
            start = chunkEnd;
        }
        return characters;
    }
}
