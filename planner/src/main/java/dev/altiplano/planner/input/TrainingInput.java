package dev.altiplano.planner.input;

import dev.altiplano.planner.problem.Place;
import dev.altiplano.planner.step.BatchSchedule;
import dev.altiplano.planner.step.FlopsConvention;
import dev.altiplano.planner.step.TrainingSpec;
import java.util.Optional;

/**
 * What is trained, and how.
 *
 * @param tokens of the whole run
 * @param batchMinTokens tokens of one step, at least
 * @param batchMaxTokens at most; equal where the batch is fixed
 * @param batchPlace where the plan gives the batch
 * @param schedule a batch that grows during the run
 * @param convention what the run's MFU counts
 */
public record TrainingInput(
        double tokens,
        TrainingSpec spec,
        long batchMinTokens,
        long batchMaxTokens,
        Place batchPlace,
        Optional<BatchSchedule> schedule,
        FlopsConvention convention) {}
