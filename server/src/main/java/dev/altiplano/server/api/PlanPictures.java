package dev.altiplano.server.api;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.report.Language;
import dev.altiplano.planner.report.LivePage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Computes the pictures of the planner's page anew. A run of 100,000 accelerators takes a core for
 * a part of a second, so one is computed at a time, and those that nobody waits for are given up.
 */
final class PlanPictures implements Endpoint {
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int RETRY_SECONDS = 2;
    private static final int MARKS_MAX = 100;

    private final Supplier<LivePage> page;
    private final Semaphore turn = new Semaphore(1);

    /** {@code page} may take its time when it is first asked for. */
    PlanPictures(Supplier<LivePage> page) {
        this.page = page;
    }

    /**
     * What the page puts in place.
     *
     * @param pictures those that differ from what the reader has
     */
    record Changed(List<LivePage.Picture> pictures) {}

    @Override
    public void handle(HttpCall call) throws IOException {
        JsonFields fields = JsonBody.read(call);
        PowerQuestions asked = PowerQuestions.read(fields);
        Set<String> marks =
                Set.copyOf(List.of(fields.string("marks").orElse("").split(" ", MARKS_MAX)));
        AtomicBoolean isGone = new AtomicBoolean();
        HttpCall.ClientWatch watch = call.whenClientGone(() -> isGone.set(true));
        try {
            Answers.json(call, new Changed(inTurn(asked, marks, isGone)));
        } finally {
            watch.close();
        }
    }

    private List<LivePage.Picture> inTurn(
            PowerQuestions asked, Set<String> marks, AtomicBoolean isGone) throws IOException {
        try {
            if (!turn.tryAcquire(TURN.toMillis(), MILLISECONDS)) {
                throw ApiException.rateLimited(
                        RETRY_SECONDS,
                        "Others have pictures computed. Try again in %d seconds."
                                .formatted(RETRY_SECONDS));
            }
        } catch (InterruptedException e) {
            throw new IOException("the server stops", e);
        }
        try {
            return changed(asked, marks, isGone);
        } finally {
            turn.release();
        }
    }

    private List<LivePage.Picture> changed(
            PowerQuestions asked, Set<String> marks, AtomicBoolean isGone) throws IOException {
        Language language = asked.language();
        long endNanos = System.nanoTime() + LONGEST.toNanos();
        try {
            return page.get()
                    .changed(
                            language,
                            asked.question(),
                            marks,
                            () -> isGone.get() || System.nanoTime() - endNanos > 0);
        } catch (CancellationException e) {
            if (isGone.get()) {
                throw new IOException("the client is gone", e);
            }
            throw ApiException.invalidValue("gpus, cap, pue", LivePage.tooSlow(language));
        } catch (PlannerException e) {
            throw ApiException.invalidValue("gpus", LivePage.tooSmall(language));
        }
    }
}
