package dev.altiplano.planner.reliability;

import java.util.ArrayList;
import java.util.List;

/** Profiles as published, for the tests of this and other packages. */
public final class TestProfiles {
    private TestProfiles() {}

    /** The Llama 3 Herd of Models, Table 5: 419 unexpected and 47 planned stops. */
    public static FailureProfile llama3() {
        List<FailureCause> causes = new ArrayList<>();
        add(causes, Scope.GPU, FaultEffect.NODE_LOST, "gpu", 148);
        add(causes, Scope.GPU, FaultEffect.NODE_LOST, "hbm3", 72);
        add(causes, Scope.JOB, FaultEffect.JOB_DIES, "software", 54);
        add(causes, Scope.LINK, FaultEffect.LINK_DOWN, "switch-or-cable", 35);
        add(causes, Scope.NODE, FaultEffect.NODE_LOST, "host-maintenance", 32);
        add(causes, Scope.GPU, FaultEffect.NODE_LOST, "gpu-sram", 19);
        add(causes, Scope.GPU, FaultEffect.NODE_LOST, "gpu-system-processor", 17);
        add(causes, Scope.NODE, FaultEffect.NODE_LOST, "nic", 7);
        add(causes, Scope.JOB, FaultEffect.JOB_DIES, "nccl-watchdog", 7);
        add(causes, Scope.GPU, FaultEffect.SILENT_CORRUPTION, "silent-corruption", 6);
        add(causes, Scope.GPU, FaultEffect.NODE_LOST, "thermal", 6);
        add(causes, Scope.NODE, FaultEffect.NODE_LOST, "ssd", 3);
        add(causes, Scope.NODE, FaultEffect.NODE_LOST, "power-supply", 3);
        add(causes, Scope.NODE, FaultEffect.NODE_LOST, "chassis", 2);
        add(causes, Scope.NODE, FaultEffect.NODE_LOST, "io-board", 2);
        add(causes, Scope.JOB, FaultEffect.JOB_DIES, "dependency", 2);
        add(causes, Scope.NODE, FaultEffect.NODE_LOST, "cpu", 2);
        add(causes, Scope.NODE, FaultEffect.NODE_LOST, "system-memory", 2);
        return new FailureProfile(
                "llama3-2024",
                new Observation(16_384, 54, 8),
                causes,
                47,
                JobScaling.WITH_GPUS,
                "Llama 3 Herd of Models, Table 5");
    }

    /** Nothing ever fails. */
    public static FailureProfile perfect() {
        return new FailureProfile(
                "perfect", new Observation(8, 1, 8), List.of(), 0, JobScaling.WITH_GPUS, "made up");
    }

    private static void add(
            List<FailureCause> causes, Scope scope, FaultEffect effect, String name, double count) {
        causes.add(new FailureCause(name, scope, effect, count));
    }
}
