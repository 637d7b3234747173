package dev.altiplano.planner.report;

import java.util.Set;

/** Causes of stops that are shown in one row. */
enum CauseGroup {
    CHIP(Set.of("gpu", "sram", "system-processor", "thermal")),
    MEMORY(Set.of("hbm")),
    NETWORK(Set.of("switch-or-cable", "nic", "nccl-watchdog")),
    MACHINE(
            Set.of(
                    "host-maintenance",
                    "ssd",
                    "power-supply",
                    "chassis",
                    "io-board",
                    "cpu",
                    "system-memory")),
    SOFTWARE(Set.of("software", "dependency")),
    CORRUPTION(Set.of("silent-corruption")),
    PLANNED(Set.of("planned", "curtailment")),
    /** Causes of a profile that the plan itself describes. */
    OTHER(Set.of());

    private final Set<String> causes;

    CauseGroup(Set<String> causes) {
        this.causes = causes;
    }

    /** As the simulation names causes. */
    static CauseGroup of(String cause) {
        for (CauseGroup group : values()) {
            if (group.causes.contains(cause)) {
                return group;
            }
        }
        return OTHER;
    }
}
