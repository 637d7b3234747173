package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestNamesTest {
    private static final List<String> NAMES =
            List.of("output.weight", "blk.0.attn_k.weight", "blk.0.attn_q.weight", "norm");

    @Test
    void showsFirstWhatContainsTheNameInAnyCase() {
        assertThat(NearestNames.of("ATTN_Q", NAMES)).first().isEqualTo("blk.0.attn_q.weight");
    }

    @Test
    void showsTheLikestOfTheOthers() {
        assertThat(NearestNames.of("outptu.weight", NAMES)).first().isEqualTo("output.weight");
        assertThat(NearestNames.of("outptu.weight", NAMES)).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"'', abc, 3", "abc, '', 3", "kitten, sitting, 3", "abc, abc, 0", "ab, ba, 2"})
    void countsLettersToChange(String from, String to, int edits) {
        assertThat(NearestNames.edits(from, to)).isEqualTo(edits);
    }
}
