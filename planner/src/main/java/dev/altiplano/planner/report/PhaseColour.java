package dev.altiplano.planner.report;

import dev.altiplano.planner.simulation.RunPhase;
import java.util.List;

/** The phases of a run in the order of the pictures, with their colours. */
final class PhaseColour {
    static final List<RunPhase> PHASES =
            List.of(
                    RunPhase.TRAINING,
                    RunPhase.DEGRADED,
                    RunPhase.CHECKPOINTING,
                    RunPhase.DETECTING,
                    RunPhase.RESTARTING,
                    RunPhase.WAITING,
                    RunPhase.PAUSED);

    private PhaseColour() {}

    static String of(RunPhase phase) {
        return switch (phase) {
            case TRAINING -> "c0";
            case DEGRADED -> "c4";
            case CHECKPOINTING -> "c6";
            case DETECTING -> "c1";
            case RESTARTING -> "c5";
            case WAITING -> "c7";
            case PAUSED -> "c3";
            case DONE -> "c2";
        };
    }

    static String key(RunPhase phase) {
        return "phase." + phase.label();
    }
}
