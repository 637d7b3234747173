package dev.altiplano.planner.fleet;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which job runs when: by priority, then age, then name. A job starts with all its nodes or
 * not at all, and only if the site has the watts. A job of lower priority yields at its next
 * checkpoint; until it has, nothing below the one that waits is started. Jobs leave nodes at the
 * last checkpoint before a maintenance window. Fair share is out of scope.
 */
public final class JobQueue {
    /** Plans reach no further: a hundred years. */
    static final long HORIZON_MICROS = 100L * 8_766 * 3_600 * 1_000_000;

    private static final int JOBS_MAX = 10_000;
    private static final Comparator<QueuedJob> ORDER =
            Comparator.comparingInt(QueuedJob::priority)
                    .reversed()
                    .thenComparingLong(QueuedJob::submitMicros)
                    .thenComparing(QueuedJob::name);

    private final Placer placer;
    private final List<MaintenanceWindow> windows;
    private final double capWatts;
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();
    private final List<QueuePlan.Slice> slices = new ArrayList<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final Set<String> closed = new HashSet<>();
    private long nowMicros;

    private JobQueue(Inventory inventory, List<MaintenanceWindow> windows, double capWatts) {
        placer = new Placer(inventory);
        this.windows = List.copyOf(windows);
        this.capWatts = capWatts;
    }

    /** Plans all {@code jobs}, whose names are unique, under {@code capWatts} for all together. */
    public static QueuePlan plan(
            Inventory inventory,
            List<QueuedJob> jobs,
            List<MaintenanceWindow> windows,
            double capWatts) {
        long names = jobs.stream().map(QueuedJob::name).distinct().count();
        if (jobs.size() > JOBS_MAX || names != jobs.size()) {
            throw new PlannerException(
                    ErrorCode.E401,
                    "queue: expected at most %d jobs with different names, found %d with %d names"
                            .formatted(JOBS_MAX, jobs.size(), names));
        }
        JobQueue queue = new JobQueue(inventory, windows, capWatts);
        jobs.stream().sorted(ORDER).forEach(queue::admit);
        return queue.run();
    }

    /** Refuses what would not fit an empty cluster. */
    private void admit(QueuedJob job) {
        int room = placer.largest(job.shape()).map(JobShape::blocks).orElse(0);
        if (room < job.shape().blocks()) {
            refused.put(
                    job.name(),
                    "needs %d blocks of %d nodes, the cluster has %d"
                            .formatted(job.shape().blocks(), job.shape().nodesPerBlock(), room));
        } else if (job.watts() > capWatts) {
            refused.put(
                    job.name(),
                    "needs %.0f W, the site has %.0f W".formatted(job.watts(), capWatts));
        } else {
            waiting.add(new Waiting(job, job.workMicros()));
        }
    }

    private QueuePlan run() {
        while (!waiting.isEmpty() || !running.isEmpty()) {
            endSlices();
            openAndCloseWindows();
            startJobs();
            long next = nextMoment();
            if (next >= HORIZON_MICROS) {
                waiting.forEach(each -> refused.put(each.job.name(), "never finds room"));
                running.forEach(each -> refused.put(each.job.name(), "ends beyond 100 years"));
                break;
            }
            nowMicros = next;
        }
        return new QueuePlan(slices, refused);
    }

    /** Ends what is finished, and what yields and has reached its checkpoint. */
    private void endSlices() {
        for (Running each : List.copyOf(running)) {
            if (each.endsMicros <= nowMicros) {
                running.remove(each);
                placer.release(each.nodeNames());
                slices.add(each.slice());
                long left = each.leftMicros - (each.endsMicros - each.fromMicros);
                if (left > 0) {
                    waiting.add(new Waiting(each.job, left));
                    waiting.sort(Comparator.comparing(other -> other.job, ORDER));
                }
            }
        }
    }

    private void openAndCloseWindows() {
        placer.release(closed);
        closed.clear();
        windows.stream().filter(w -> w.isOpen(nowMicros)).forEach(w -> closed.addAll(w.nodes()));
        placer.take(closed);
        running.forEach(each -> assertEmpty(each.nodeNames()));
    }

    private void assertEmpty(Set<String> nodes) {
        assert nodes.stream().noneMatch(closed::contains) : "a job runs on a closed node";
    }

    private void startJobs() {
        for (Waiting each : List.copyOf(waiting)) {
            if (each.job.submitMicros() > nowMicros) {
                continue;
            }
            if (!start(each) && preempt(each.job)) {
                return;
            }
        }
    }

    private boolean start(Waiting each) {
        double drawn = running.stream().mapToDouble(other -> other.job.watts()).sum();
        if (drawn + each.job.watts() > capWatts) {
            return false;
        }
        Set<String> soon = reserveNodesThatCloseSoon(each.job);
        Optional<Placement> placement = placer.place(each.job.shape());
        placer.release(soon);
        placement.ifPresent(
                place -> {
                    waiting.remove(each);
                    running.add(begin(each, place));
                });
        return placement.isPresent();
    }

    /** Takes the free nodes where the job could not reach even one checkpoint before a window. */
    private Set<String> reserveNodesThatCloseSoon(QueuedJob job) {
        long until = nowMicros + job.checkpointMicros();
        Set<String> soon =
                windows.stream()
                        .filter(w -> w.fromMicros() > nowMicros && w.fromMicros() < until)
                        .flatMap(w -> w.nodes().stream())
                        .collect(Collectors.toCollection(HashSet::new));
        soon.removeAll(closed);
        running.forEach(each -> soon.removeAll(each.nodeNames()));
        placer.take(soon);
        return soon;
    }

    private Running begin(Waiting each, Placement placement) {
        Running started = new Running(each.job, placement, nowMicros, each.leftMicros);
        windows.stream()
                .filter(w -> w.fromMicros() > nowMicros && started.endsMicros > w.fromMicros())
                .filter(w -> started.nodeNames().stream().anyMatch(w.nodes()::contains))
                .mapToLong(MaintenanceWindow::fromMicros)
                .min()
                .ifPresent(
                        from ->
                                started.endAt(
                                        started.lastCheckpointUpTo(from),
                                        QueuePlan.End.MAINTENANCE));
        return started;
    }

    /**
     * Lets jobs of lower priority yield at their next checkpoints, lowest and youngest first, until
     * {@code job} would fit. Whether it waits for some to yield.
     */
    private boolean preempt(QueuedJob job) {
        List<Running> victims = new ArrayList<>();
        List<Running> candidates =
                running.stream()
                        .filter(each -> each.job.priority() < job.priority())
                        .sorted(Comparator.comparing((Running each) -> each.job, ORDER).reversed())
                        .toList();
        for (Running victim : candidates) {
            victims.add(victim);
            if (wouldFit(job, victims)) {
                victims.forEach(
                        each ->
                                each.endAt(
                                        each.nextCheckpoint(nowMicros), QueuePlan.End.PREEMPTED));
                return true;
            }
        }
        return false;
    }

    private boolean wouldFit(QueuedJob job, List<Running> without) {
        running.removeAll(without);
        double drawn = running.stream().mapToDouble(each -> each.job.watts()).sum();
        without.forEach(each -> placer.release(each.nodeNames()));
        Set<String> soon = reserveNodesThatCloseSoon(job);
        int room = placer.largest(job.shape()).map(JobShape::blocks).orElse(0);
        placer.release(soon);
        without.forEach(each -> placer.take(each.nodeNames()));
        running.addAll(without);
        return drawn + job.watts() <= capWatts && room >= job.shape().blocks();
    }

    /** The earliest moment after now at which anything can change. */
    private long nextMoment() {
        long next = HORIZON_MICROS;
        for (Running each : running) {
            next = Math.min(next, each.endsMicros);
        }
        for (Waiting each : waiting) {
            next = earlier(next, each.job.submitMicros());
        }
        for (MaintenanceWindow window : windows) {
            next = earlier(next, window.fromMicros());
            next = earlier(next, window.untilMicros());
        }
        return next;
    }

    private long earlier(long next, long moment) {
        return moment > nowMicros ? Math.min(next, moment) : next;
    }

    /** A job without nodes, and the work that is left of it. */
    private record Waiting(QueuedJob job, long leftMicros) {}

    /** A job on its nodes. */
    private static final class Running {
        private final QueuedJob job;
        private final Placement placement;
        private final Set<String> nodeNames;
        private final long fromMicros;
        private final long leftMicros;
        private long endsMicros;
        private QueuePlan.End end = QueuePlan.End.FINISHED;

        Running(QueuedJob job, Placement placement, long fromMicros, long leftMicros) {
            this.job = job;
            this.placement = placement;
            this.fromMicros = fromMicros;
            this.leftMicros = leftMicros;
            nodeNames = placement.nodes().map(Node::name).collect(Collectors.toSet());
            endsMicros = fromMicros + leftMicros;
        }

        Set<String> nodeNames() {
            return nodeNames;
        }

        /** Only ever earlier. */
        void endAt(long micros, QueuePlan.End why) {
            if (micros < endsMicros) {
                endsMicros = micros;
                end = why;
            }
        }

        long nextCheckpoint(long nowMicros) {
            long interval = job.checkpointMicros();
            return fromMicros + Math.ceilDiv(nowMicros - fromMicros, interval) * interval;
        }

        long lastCheckpointUpTo(long micros) {
            long interval = job.checkpointMicros();
            return fromMicros + (micros - fromMicros) / interval * interval;
        }

        QueuePlan.Slice slice() {
            return new QueuePlan.Slice(
                    job.name(), fromMicros, endsMicros, end, placement, job.watts());
        }
    }
}
