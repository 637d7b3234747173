package dev.altiplano.model.jinja;

import java.time.Clock;

/**
 * One rendering: what it may still use up, and what it can ask of the world, which is the time.
 * Owned by the thread that renders.
 */
final class Session {
    /**
     * A macro's call passes through several expressions and statements, each a level of its own.
     */
    private static final int LEVELS_PER_NESTING = 4;

    private static final int CHARS_PER_STEP = 64;

    private final TemplateLimits limits;
    private final Clock clock;
    private long stepsLeft;
    private int depth;

    Session(TemplateLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.stepsLeft = limits.steps();
    }

    Clock clock() {
        return clock;
    }

    /** Takes {@code steps} off what is left. */
    void charge(long steps) {
        stepsLeft -= steps;
        if (stepsLeft < 0) {
            throw ChatTemplateException.limit("stopped after %d steps".formatted(limits.steps()));
        }
    }

    /** One level deeper; every call is paired with {@link #leave}. */
    void enter() {
        if (++depth > limits.nesting() * LEVELS_PER_NESTING) {
            throw ChatTemplateException.limit(
                    "nests deeper than %d levels".formatted(limits.nesting() * LEVELS_PER_NESTING));
        }
    }

    void leave() {
        depth--;
    }

    /** Checks that a text may grow to {@code chars}. */
    void requireText(long chars) {
        if (chars > limits.textChars()) {
            throw ChatTemplateException.limit(
                    "makes a text of more than %d chars".formatted(limits.textChars()));
        }
    }

    /** Checks and charges for a text of {@code chars} before it is made or read through. */
    void chargeText(long chars) {
        requireText(chars);
        charge(1 + chars / CHARS_PER_STEP);
    }

    /** Checks and charges for a list of {@code items} before it is made. */
    void chargeItems(long items) {
        if (items > Extent.WEIGHT_MAX) {
            throw ChatTemplateException.limit(
                    "makes a list of more than %d items".formatted(Extent.WEIGHT_MAX));
        }
        charge(1 + items);
    }

    Value call(Value target, Arguments arguments) {
        charge(1);
        return switch (target) {
            case Value.Function function -> function.call(this, arguments);
            case Value.Undefined undefined -> throw undefined.failure();
            case Loop _ ->
                    throw ChatTemplateException.evaluation(
                            "recursive loops are not part of what this engine knows");
            case Value other ->
                    throw ChatTemplateException.evaluation(
                            "'%s' is not callable".formatted(Printing.typeName(other)));
        };
    }
}
