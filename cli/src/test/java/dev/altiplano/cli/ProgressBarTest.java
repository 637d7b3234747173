package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
    private final StringWriter text = new StringWriter();
    private long nowNanos;

    @Test
    void showsShareRateAndTimeLeft() {
        try (ProgressBar bar = bar(true, 0)) {
            nowNanos = 1_000_000_000;
            bar.update(25);
        }

        assertThat(text.toString()).contains("25 %", "25 B of 100 B", "25 B/s", "0:03 left");
    }

    @Test
    void countsTheRateFromWhereAResumedDownloadBegan() {
        try (ProgressBar bar = bar(true, 50)) {
            nowNanos = 1_000_000_000;
            bar.update(75);
        }

        assertThat(text.toString()).contains("75 %", "25 B/s");
    }

    @Test
    void writesOneClosingLineWhereNobodyWatches() {
        try (ProgressBar bar = bar(false, 0)) {
            bar.update(50);
            nowNanos = 65_000_000_000L;
            bar.update(100);
        }

        assertThat(text.toString()).isEqualTo("Pulling: 100 B in 1:05" + System.lineSeparator());
    }

    @Test
    void saysNothingOfWorkThatWasBrokenOffWhereNobodyWatches() {
        try (ProgressBar bar = bar(false, 0)) {
            bar.update(50);
        }

        assertThat(text.toString()).isEmpty();
    }

    private ProgressBar bar(boolean watched, long startAmount) {
        return new ProgressBar(
                new PrintWriter(text),
                watched,
                "Pulling",
                startAmount,
                100,
                Units::bytes,
                () -> nowNanos);
    }
}
