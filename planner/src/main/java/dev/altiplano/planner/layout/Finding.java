package dev.altiplano.planner.layout;

/**
 * Something that a search noticed about its own answer.
 *
 * @param kind what it is about
 * @param message one sentence with the numbers
 */
public record Finding(Kind kind, String message) {
    /** What a finding is about. */
    public enum Kind {
        BATCH_TOO_SMALL,
        IDLE_GPUS,
        NEAREST_BATCH,
        FEWER_MICRO_BATCHES_THAN_STAGES,
        NOTHING_FITS
    }
}
