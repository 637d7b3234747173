package dev.altiplano.model.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamDecoderTest {
    /** Lead bytes, continuations, bytes that UTF-8 never has, and ASCII. */
    private static final int[] BYTES = {
        'a', ' ', 0x80, 0xBF, 0xC0, 0xC3, 0xA9, 0xE0, 0xE2, 0x82, 0xAC, 0xED, 0xA0, 0xF0, 0x9F,
        0x98, 0x80, 0xF4, 0x90, 0xF5, 0xFF
    };

    @Test
    void holdsBackACharacterUntilItIsWhole() {
        byte[] face = "😀".getBytes(StandardCharsets.UTF_8);
        StreamDecoder decoder = new StreamDecoder(id -> new byte[] {face[id]});

        assertThat(decoder.append(0)).isEmpty();
        assertThat(decoder.append(1)).isEmpty();
        assertThat(decoder.append(2)).isEmpty();
        assertThat(decoder.append(3)).isEqualTo("😀");
        assertThat(decoder.finish()).isEmpty();
    }

    @Test
    void endsAnIncompleteCharacterAsAReplacementAndStartsAnew() {
        StreamDecoder decoder = new StreamDecoder(id -> new byte[] {(byte) id});

        assertThat(decoder.append(0xE2)).isEmpty();
        assertThat(decoder.finish()).isEqualTo("\uFFFD");
        assertThat(decoder.append('a')).isEqualTo("a");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void givesTheSameTextHoweverTheBytesAreCut(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[random.nextInt(1, 40)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) BYTES[random.nextInt(BYTES.length)];
            }

            assertThat(decodeInPieces(bytes, random))
                    .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static String decodeInPieces(byte[] bytes, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int[] at = {0};
        StreamDecoder decoder =
                new StreamDecoder(length -> Arrays.copyOfRange(bytes, at[0], at[0] + length));
        while (at[0] < bytes.length) {
            int length = random.nextInt(Math.min(6, bytes.length - at[0]) + 1);
            String part = decoder.append(length);
            at[0] += length;
            assertThat(part)
                    .matches("(?s)([^\\ud800-\\udfff]|[\\ud800-\\udbff][\\udc00-\\udfff])*");
            text.append(part);
        }
        return text.append(decoder.finish()).toString();
    }
}
