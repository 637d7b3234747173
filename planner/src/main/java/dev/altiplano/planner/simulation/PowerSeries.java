package dev.altiplano.planner.simulation;

import java.util.List;

/**
 * The power curve as mean watts of equal windows from the start of the run; the last window ends
 * with the run.
 */
public final class PowerSeries {
    private final List<Trace.Level> levels;
    private final long wallMicros;

    public PowerSeries(Trace trace) {
        levels = trace.power();
        wallMicros = trace.result().wallMicros();
    }

    /** Takes one window at a time, so that a year of seconds needs no array. */
    public interface Sink<E extends Exception> {
        void accept(long fromMicros, double meanWatts) throws E;
    }

    /** Gives every window to {@code sink}, in order. */
    public <E extends Exception> void forEach(Resolution resolution, Sink<E> sink) throws E {
        int level = 0;
        for (long from = 0; from < wallMicros; from += resolution.micros) {
            long until = Math.min(wallMicros, from + resolution.micros);
            double joules = 0;
            long at = from;
            while (at < until) {
                long levelEnds = Math.min(until, endOf(level));
                joules += levels.get(level).watts() * Times.seconds(levelEnds - at);
                at = levelEnds;
                if (levelEnds == endOf(level)) {
                    level++;
                }
            }
            sink.accept(from, joules / Times.seconds(until - from));
        }
    }

    private long endOf(int level) {
        return level + 1 < levels.size() ? levels.get(level + 1).fromMicros() : wallMicros;
    }

    /** Length of a window. */
    public enum Resolution {
        SECOND(Times.SECOND),
        MINUTE(Times.MINUTE),
        QUARTER_HOUR(Times.QUARTER_HOUR);

        private final long micros;

        Resolution(long micros) {
            this.micros = micros;
        }

        public long micros() {
            return micros;
        }
    }
}
