package dev.altiplano.cli.plan;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.QueueStudy;
import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.fleet.Health;
import dev.altiplano.planner.fleet.Inventory;
import dev.altiplano.planner.fleet.InventoryCsv;
import dev.altiplano.planner.fleet.JobShape;
import dev.altiplano.planner.fleet.NodeState;
import dev.altiplano.planner.fleet.Placement;
import dev.altiplano.planner.fleet.Placer;
import dev.altiplano.planner.fleet.QueuePlan;
import dev.altiplano.planner.input.ClusterInput;
import dev.altiplano.planner.layout.Candidate;
import dev.altiplano.planner.money.HourlyCost;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.step.Layout;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plan fleet}: which nodes are suspect, what is free, what fits now. */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        description = {
            "The nodes of a cluster: their health, and which jobs fit now.",
            "Counts by state, suspect nodes with what draining them saves, free blocks by size,"
                    + " where the plan's job stands and the largest job that fits. The inventory is"
                    + " that of --inventory or cluster.inventory; without one a healthy cluster is"
                    + " assumed. --queue plans when other jobs run: by priority, all nodes at once or"
                    + " none, yielding only at checkpoints, away from maintenance, below the site's cap."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan fleet plan.yaml --inventory nodes.csv",
            "  nodes.csv: node,rack,pod,state,age_days,faults",
            "  altiplano plan fleet plan.yaml --queue jobs.yaml",
            "  jobs.yaml: jobs: {pretrain: {tp: 8, dp: 16, work: 30 d, priority: 1, submit: 2 h}}",
        })
final class FleetVerb extends PlanFileVerb {
    private static final int SUSPECTS_SHOWN = 50;
    private static final double MICROS_PER_HOUR = 3.6e9;

    @Option(names = "--inventory", paramLabel = "CSV", description = "One node a line.")
    private @Nullable Path inventoryFile;

    @Option(
            names = "--queue",
            paramLabel = "FILE",
            description = "Jobs that want these nodes, and maintenance windows; YAML or JSON.")
    private @Nullable Path queueFile;

    @Option(
            names = "--test-hours",
            paramLabel = "H",
            description = "That the test of a drained node takes; 4.")
    private double testHours = 4;

    @Override
    Answer answer() {
        if (!(testHours >= 0 && testHours <= 1e6)) {
            throw usage("--test-hours: expected 0 to 1000000, found " + testHours);
        }
        Plan plan = plan();
        Inventory inventory = inventory(plan.input().cluster());
        Answer answer = about(plan, "Fleet").fact("nodes", "nodes", inventory.nodes().size());
        states(answer, inventory);
        suspects(answer, plan, inventory);
        jobs(answer, plan, inventory);
        if (queueFile != null) {
            queue(answer, QueueStudy.of(plan, inventory, queueFile));
        }
        return answer;
    }

    private Inventory inventory(ClusterInput cluster) {
        Optional<Path> file = Optional.ofNullable(inventoryFile).or(cluster::inventory);
        if (file.isPresent()) {
            return InventoryCsv.read(file.get());
        }
        int gpusPerNode = cluster.node().gpus();
        int nodes = Math.toIntExact(Math.ceilDiv(cluster.gpus(), gpusPerNode));
        int rack = (int) Math.max(1, cluster.rackGpus() / gpusPerNode);
        int pod = Math.max(rack, cluster.fabric().podGpus() / gpusPerNode);
        return Inventory.uniform(nodes, rack, pod);
    }

    private static void states(Answer answer, Inventory inventory) {
        Grid grid =
                answer.grid("states", "Nodes by state")
                        .text("state", "state")
                        .number("nodes", "nodes");
        inventory.countByState().forEach((state, count) -> grid.row(state.label(), count));
    }

    private void suspects(Answer answer, Plan plan, Inventory inventory) {
        var profile = plan.input().reliability().profile();
        int gpusPerNode = plan.input().cluster().node().gpus();
        double perDay = 24 * profile.nodeLossesPerHour(gpusPerNode);
        if (perDay <= 0) {
            answer.note("The profile loses no nodes, so there is nothing to suspect.");
            return;
        }
        double days = plan.failures().trainingDays().value().likely();
        Health health = new Health(perDay, days, testHours);
        List<Health.Suspect> all = health.allSuspects(inventory);
        int covered = health.suspects(inventory).size();
        HourlyCost hour = plan.money().hour();
        answer.fact("suspects", "suspect nodes", all.size())
                .fact("drain", "of them that the spares cover", covered)
                .figure(
                        "fleet_rate",
                        "node losses, per thousand node-days",
                        1_000 * health.fleetPerDay(inventory),
                        "",
                        Grade.DERIVED);
        Grid grid =
                answer.grid(
                                "suspect_nodes",
                                "Above five times the fleet's rate and beyond luck, the worst first")
                        .text("node", "node")
                        .text("rack", "rack")
                        .text("pod", "pod")
                        .number("faults", "faults")
                        .number("age_days", "days")
                        .number("per_day", "losses a day")
                        .number("ratio", "x fleet")
                        .number("stops_saved", "stops saved")
                        .number("test_usd", "test, USD")
                        .text("drain", "drain now");
        all.stream()
                .limit(SUSPECTS_SHOWN)
                .forEach(
                        suspect ->
                                grid.row(
                                        suspect.node().name(),
                                        suspect.node().rack(),
                                        suspect.node().pod(),
                                        suspect.node().faults(),
                                        suspect.node().ageDays(),
                                        suspect.perDay(),
                                        suspect.ratio(),
                                        suspect.stopsSaved(),
                                        suspect.testNodeHours()
                                                * gpusPerNode
                                                * hour.usdPerGpuHour(),
                                        grid.rows().size() < covered));
        if (all.size() > SUSPECTS_SHOWN) {
            answer.note("%d more suspects are not listed.".formatted(all.size() - SUSPECTS_SHOWN));
        }
        all.stream().findFirst().ifPresent(worst -> answer.explain(List.of(term(worst, perDay))));
    }

    private static Term term(Health.Suspect worst, double priorPerDay) {
        return Term.of(
                "losses a day of " + worst.node().name(),
                worst.perDay(),
                "1/d",
                "Gamma-Poisson: (2 + faults) / (2 / rate + node-days)",
                "({} + {}) / ({} / {} + {})",
                Health.SHAPE,
                worst.node().faults(),
                Health.SHAPE,
                priorPerDay,
                worst.node().ageDays());
    }

    private static void jobs(Answer answer, Plan plan, Inventory inventory) {
        Placer placer = new Placer(inventory);
        Grid free =
                answer.grid("free_blocks", "Free blocks inside pods, each size alone")
                        .number("nodes", "nodes")
                        .number("blocks", "blocks");
        placer.freeBlocksBySize().forEach((size, count) -> free.row(size, count));
        Optional<Candidate> found = plan.layout().chosen();
        if (found.isEmpty()) {
            answer.note("The plan gives a measured speed and no layout, so no job is placed.");
            return;
        }
        Candidate chosen = found.get();
        JobShape job = shape(plan, chosen);
        Layout layout = chosen.layout();
        answer.fact("layout", "layout", LayoutText.of(layout));
        Optional<JobShape> largest = placer.largest(job);
        answer.fact(
                        "largest_dp",
                        "largest dp of this layout that fits now",
                        largest.map(JobShape::replicas).orElse(0))
                .fact(
                        "largest_gpus",
                        "its GPUs",
                        (long) largest.map(JobShape::replicas).orElse(0)
                                * layout.tp()
                                * layout.cp()
                                * layout.pp());
        Optional<Placement> placed = placer.place(job);
        answer.fact("fits", "the plan's job fits now", placed.isPresent());
        placed.ifPresent(placement -> placement(answer, plan, placer, placement, inventory));
    }

    private static void queue(Answer answer, QueuePlan queue) {
        Grid grid =
                answer.grid("queue", "Queue: what runs when, in hours from the start")
                        .text("job", "job")
                        .number("from_hours", "from")
                        .number("until_hours", "until")
                        .text("end", "ends")
                        .number("nodes", "nodes")
                        .number("pods", "pods")
                        .number("megawatts", "MW above idle");
        queue.slices().stream()
                .sorted(Comparator.comparingLong(QueuePlan.Slice::fromMicros))
                .forEach(
                        slice ->
                                grid.row(
                                        slice.job(),
                                        slice.fromMicros() / MICROS_PER_HOUR,
                                        slice.untilMicros() / MICROS_PER_HOUR,
                                        slice.end().name().toLowerCase(Locale.ROOT),
                                        (int) slice.placement().nodes().count(),
                                        slice.placement().pods(),
                                        slice.watts() / 1e6));
        Grid refused =
                answer.grid("queue_refused", "Jobs that never start")
                        .text("job", "job")
                        .text("why", "why");
        new TreeMap<>(queue.refused()).forEach(refused::row);
    }

    /** From inside: TP in a node, then the next dimension in a rack, a replica in a pod. */
    private static JobShape shape(Plan plan, Candidate chosen) {
        Layout layout = chosen.layout();
        int block = layout.tp() * layout.cp() * layout.pp();
        int next = layout.cp() > 1 ? layout.cp() : layout.pp();
        return new JobShape(
                plan.input().name(),
                layout.tp(),
                layout.tp() * next,
                block,
                layout.dp(),
                plan.input().cluster().node().gpus(),
                chosen.memory().states().gradientBytes());
    }

    private static void placement(
            Answer answer, Plan plan, Placer placer, Placement placement, Inventory inventory) {
        answer.fact("pods", "pods that it spans", placement.pods())
                .fact(
                        "groups_across_racks",
                        "groups of the next dimension in more than one rack",
                        placement.groupsAcrossRacks())
                .figure(
                        "bytes_above_pods",
                        "bytes a step above the pods",
                        placement.bytesAbovePodsPerStep() / 1e12,
                        "TB",
                        Grade.DERIVED);
        int present = inventory.countByState().getOrDefault(NodeState.SPARE, 0);
        int missing = Math.max(0, plan.failures().spareNodes() - present);
        answer.fact("spares", "spares in the inventory", present)
                .fact("spares_wanted", "spares that the plan keeps", plan.failures().spareNodes())
                .fact(
                        "spares_found",
                        "more spares that are free beside the job",
                        placer.spreadSpares(missing).size());
    }
}
