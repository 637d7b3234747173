package dev.altiplano.planner;

import dev.altiplano.planner.fleet.Inventory;
import dev.altiplano.planner.fleet.JobQueue;
import dev.altiplano.planner.fleet.QueueFile;
import dev.altiplano.planner.fleet.QueuePlan;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.site.Machines;
import java.nio.file.Path;

/**
 * When the jobs of a queue run on a plan's cluster: nodes from its inventory, watts at the meter
 * from its accelerators, its site's standing cap over all jobs together.
 */
public final class QueueStudy {
    private QueueStudy() {}

    /**
     * Plans the jobs of {@code file}. Idle nodes draw power as well: a job adds what its
     * accelerators draw above that, and may use what the cap leaves above that.
     */
    public static QueuePlan of(Plan plan, Inventory inventory, Path file) {
        int gpusPerNode = plan.input().cluster().node().gpus();
        double gpus = (double) inventory.nodes().size() * gpusPerNode;
        Machines now = plan.power().machines();
        Machines all = new Machines(now.readings(), now.waitingShare(), gpus, 0);
        FacilityPower idle = all.meter(all.readings().server().idle());
        double wattsPerGpu = (all.meter(all.training()).watts() - idle.watts()) / gpus;
        double capWatts =
                SitePower.of(plan)
                        .standingCap()
                        .map(cap -> cap.watts() - idle.watts())
                        .orElse(Double.MAX_VALUE);
        QueueFile.Request asked = QueueFile.read(file, inventory, gpusPerNode, wattsPerGpu);
        return JobQueue.plan(inventory, asked.jobs(), asked.windows(), capWatts);
    }
}
