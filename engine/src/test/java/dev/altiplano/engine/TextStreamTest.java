package dev.altiplano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextStreamTest {
    private final List<GeneratedToken> released = new ArrayList<>();

    @Test
    void releasesEachTokenAtOnceWhenNothingCanStopIt() {
        TextStream stream = stream(List.of("Hel", "lo"), List.of());

        append(stream, 0);

        assertThat(texts()).containsExactly("Hel");
    }

    @Test
    void holdsBackWhatCouldBecomeAStopString() {
        TextStream stream = stream(List.of("a", "E", "N", "D", "b"), List.of("END"));

        append(stream, 0, 1, 2);
        assertThat(texts()).containsExactly("a");

        append(stream, 4);
        assertThat(texts()).containsExactly("a", "E", "N", "b");
    }

    @Test
    void endsAtAStopStringThatSpansTokensAndHidesAllOfIt() {
        TextStream stream = stream(List.of("one E", "N", "D two"), List.of("END"));

        assertThat(append(stream, 0, 1, 2)).contains("END");

        assertThat(texts()).containsExactly("one ", "", "");
        assertThat(released.get(1).bytes()).isEmpty();
        assertThat(released.get(0).bytes()).isEqualTo(FakeTokenizer.utf8("one "));
    }

    @Test
    void holdsAnUnfinishedCharacterBackUntilItIsWhole() {
        List<byte[]> pieces = bytes("€".getBytes(StandardCharsets.UTF_8));
        TextStream stream = stream(pieces, Set.of(), List.of());

        append(stream, 0, 1);
        assertThat(released).isEmpty();

        append(stream, 2);
        assertThat(texts()).containsExactly("", "", "€");
        assertThat(released.getFirst().bytes()).isEqualTo(pieces.getFirst());
    }

    @Test
    void hidesTheBytesOfAStopStringThatIsOneCharacterOfSeveralTokens() {
        TextStream stream =
                stream(bytes("€".getBytes(StandardCharsets.UTF_8)), Set.of(), List.of("€"));

        assertThat(append(stream, 0, 1, 2)).contains("€");

        assertThat(released).hasSize(3).allMatch(token -> token.bytes().length == 0);
    }

    @Test
    void releasesWhatIsHeldWhenTheTextEndsOtherwise() {
        TextStream stream = stream(List.of("a", "EN"), List.of("END"));

        append(stream, 0, 1);
        stream.finish();

        assertThat(texts()).containsExactly("a", "EN");
    }

    @Test
    void givesSpecialTokensNoTextAndLetsNoStopStringSpanThem() {
        List<byte[]> pieces = List.of(FakeTokenizer.utf8("E"), FakeTokenizer.utf8("<s>"));
        TextStream stream = stream(pieces, Set.of(1), List.of("EE"));

        assertThat(append(stream, 0, 1, 0)).isEmpty();
        stream.finish();

        assertThat(texts()).containsExactly("E", "", "E");
        assertThat(released.get(1).bytes()).isEqualTo(FakeTokenizer.utf8("<s>"));
    }

    @Test
    void takesTheStopStringThatIsCompleteFirst() {
        TextStream stream = stream(List.of("xabc"), List.of("abc", "b"));

        assertThat(append(stream, 0)).contains("b");

        assertThat(texts()).containsExactly("xa");
    }

    @Test
    void hasNoTextWithoutATokenizer() {
        TextStream stream = new TextStream(Optional.empty(), List.of("x"), released::add);

        append(stream, 7);

        assertThat(released).hasSize(1);
        assertThat(texts()).containsExactly("");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void showsTheTextBeforeTheFirstStopStringWhereverTokensEnd(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            released.clear();
            String text = randomText(random, random.nextInt(1, 40));
            List<String> stops = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                stops.add(randomText(random, random.nextInt(1, 5)));
            }
            List<byte[]> pieces = randomCuts(text.getBytes(StandardCharsets.UTF_8), random);
            TextStream stream = stream(pieces, Set.of(), stops);
            String expected = beforeFirstStop(text, stops);

            boolean stopped = false;
            int given = 0;
            while (given < pieces.size() && !stopped) {
                stopped = append(stream, given++).isPresent();
                assertThat(expected).as("%s until %s", text, stops).startsWith(visible());
            }
            if (!stopped) {
                stream.finish();
            }

            assertThat(visible()).as("%s until %s", text, stops).isEqualTo(expected);
            assertThat(released).hasSize(given);
            assertThat(stopped).isEqualTo(stops.stream().anyMatch(text::contains));
        }
    }

    private static String beforeFirstStop(String text, List<String> stops) {
        for (int end = 1; end <= text.length(); end++) {
            String head = text.substring(0, end);
            Optional<String> longest =
                    stops.stream()
                            .filter(head::endsWith)
                            .max((a, b) -> Integer.compare(a.length(), b.length()));
            if (longest.isPresent()) {
                return head.substring(0, end - longest.get().length());
            }
        }
        return text;
    }

    private static String randomText(SplittableRandom random, int length) {
        return random.ints(length, 0, 3)
                .mapToObj(i -> List.of("a", "b", "€").get(i))
                .collect(Collectors.joining());
    }

    private static List<byte[]> randomCuts(byte[] text, SplittableRandom random) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < text.length; ) {
            int to = Math.min(text.length, from + random.nextInt(1, 7));
            pieces.add(Arrays.copyOfRange(text, from, to));
            from = to;
        }
        return pieces;
    }

    private static List<byte[]> bytes(byte[] text) {
        List<byte[]> pieces = new ArrayList<>();
        for (byte b : text) {
            pieces.add(new byte[] {b});
        }
        return pieces;
    }

    private TextStream stream(List<String> pieces, List<String> stops) {
        return stream(pieces.stream().map(FakeTokenizer::utf8).toList(), Set.of(), stops);
    }

    private TextStream stream(List<byte[]> pieces, Set<Integer> specials, List<String> stops) {
        return new TextStream(
                Optional.of(new FakeTokenizer(pieces, specials, Set.of())), stops, released::add);
    }

    private static Optional<String> append(TextStream stream, int... ids) {
        Optional<String> stop = Optional.empty();
        for (int id : ids) {
            stop = stream.append(id, Optional.empty(), true);
        }
        return stop;
    }

    private List<String> texts() {
        return released.stream().map(GeneratedToken::text).toList();
    }

    private String visible() {
        return String.join("", texts());
    }
}
