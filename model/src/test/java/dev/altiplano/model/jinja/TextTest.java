package dev.altiplano.model.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextTest {
    @Test
    void isEqualToATextOfTheSameCharsAndAnotherOrigin() {
        assertThat(Text.trusted("ab")).isEqualTo(Text.untrusted("ab"));
        assertThat(Text.trusted("ab")).hasSameHashCodeAs(Text.untrusted("ab"));
    }

    @Test
    void joinsRunsOfOneOrigin() {
        Text text = Text.trusted("a").plus(Text.trusted("b")).plus(Text.untrusted("c"));

        assertThat(text.runs()).containsExactly(new Text.Run("ab", true), new Text.Run("c", false));
    }

    @Test
    void mapsEachRunAndKeepsItsOrigin() {
        Text text = Text.trusted("ß").plus(Text.untrusted("x")).plus(Text.trusted("y"));

        assertThat(text.map(part -> part.toUpperCase(Locale.ROOT)).runs())
                .containsExactly(
                        new Text.Run("SS", true),
                        new Text.Run("X", false),
                        new Text.Run("Y", true));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void cutsAndJoinsToTheSameCharsAndOrigins(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Text.Builder builder = Text.builder();
        for (int runs = random.nextInt(1, 12); runs > 0; runs--) {
            builder.append("ab😀c".substring(0, random.nextInt(1, 5)), random.nextBoolean());
        }
        Text text = builder.build();
        int first = random.nextInt(text.length() + 1);
        int second = random.nextInt(first, text.length() + 1);

        Text joined =
                text.slice(0, first)
                        .plus(text.slice(first, second))
                        .plus(text.slice(second, text.length()));

        assertThat(joined.chars()).isEqualTo(text.chars());
        assertThat(joined.runs()).isEqualTo(text.runs());
    }
}
