package dev.altiplano.model.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SplitPatternTest {
    private static final int TEXTS = 6_000;

    @ParameterizedTest
    @EnumSource
    void splitsAsItsRegularExpressionsSay(SplitPattern pattern) {
        SplittableRandom random = new SplittableRandom(pattern.name().hashCode());
        List<Pattern> regexes =
                pattern.regexes().stream()
                        .map(regex -> Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS))
                        .toList();

        for (int round = 0; round < TEXTS; round++) {
            // Read back from UTF-8, because a scanner never sees an unpaired surrogate.
            String text = decode(Utf8.encode(OddText.next(random, 1 + round % 40)));

            assertThat(scan(pattern.splitter(), text)).as(text).isEqualTo(split(regexes, text));
        }
    }

    @ParameterizedTest
    @EnumSource
    void splitsEveryCharacterBetweenOthersAsItsRegularExpressionsSay(SplitPattern pattern) {
        List<Pattern> regexes =
                pattern.regexes().stream()
                        .map(regex -> Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS))
                        .toList();
        // Above lie CJK ideographs and then nothing that is assigned but a few more and tags.
        for (int from = 0; from < 0x20000; from += 0x400) {
            StringBuilder text = new StringBuilder();
            for (int point = from; point < from + 0x400; point++) {
                if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                    text.appendCodePoint(point).append("a'").appendCodePoint(point).append("B 1 ");
                    text.appendCodePoint(point).append(' ');
                }
            }

            assertThat(scan(pattern.splitter(), text.toString()))
                    .isEqualTo(split(regexes, text.toString()));
        }
    }

    private static List<String> scan(Splitter splitter, String text) {
        byte[] bytes = Utf8.encode(text);
        int end = bytes.length - Utf8.PADDING_BYTES;
        List<String> pieces = new ArrayList<>();
        for (int start = 0; start < end; ) {
            int pieceEnd = splitter.pieceEnd(bytes, start, end);
            pieces.add(new String(bytes, start, pieceEnd - start, StandardCharsets.UTF_8));
            start = pieceEnd;
        }
        return pieces;
    }

    private static List<String> split(List<Pattern> regexes, String text) {
        List<String> pieces = List.of(text);
        for (Pattern regex : regexes) {
            pieces = pieces.stream().flatMap(piece -> split(regex, piece).stream()).toList();
        }
        return pieces;
    }

    private static List<String> split(Pattern regex, String text) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = regex.matcher(text);
        int end = 0;
        while (matcher.find()) {
            pieces.add(text.substring(end, matcher.start()));
            pieces.add(matcher.group());
            end = matcher.end();
        }
        pieces.add(text.substring(end));
        pieces.removeIf(String::isEmpty);
        return pieces;
    }

    private static String decode(byte[] padded) {
        return new String(padded, 0, padded.length - Utf8.PADDING_BYTES, StandardCharsets.UTF_8);
    }
}
