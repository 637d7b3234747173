package dev.altiplano.planner.input;

import dev.altiplano.planner.reliability.FailureProfile;
import dev.altiplano.planner.simulation.RecoveryPolicy;
import java.util.Optional;

/**
 * Failures and recovery.
 *
 * @param intervalSeconds between two checkpoints; empty for the best
 * @param stallSeconds that a checkpoint holds training up
 * @param storageBytesPerSecond sustained, for all writers together
 * @param restartSeconds from a stop to training; empty for the sum of its parts
 * @param corruptionDelayHours mean time until silent data corruption is found
 */
public record ReliabilityInput(
        FailureProfile profile,
        RecoveryPolicy recovery,
        Optional<Double> intervalSeconds,
        double stallSeconds,
        double checkpointBytesPerParameter,
        double storageBytesPerSecond,
        Optional<Double> restartSeconds,
        double corruptionDelayHours) {}
