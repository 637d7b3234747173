package dev.altiplano.planner.report;

/** Causes of stops that are shown in one row. */
enum CauseGroup {
    CHIP,
    MEMORY,
    NETWORK,
    MACHINE,
    SOFTWARE,
    CORRUPTION,
    PLANNED,
    /** Causes of a profile that the plan itself describes. */
    OTHER;

    /** As the simulation names causes. */
    static CauseGroup of(String cause) {
        return switch (cause) {
            case "gpu", "sram", "system-processor", "thermal" -> CHIP;
            case "hbm" -> MEMORY;
            case "switch-or-cable", "nic", "nccl-watchdog" -> NETWORK;
            case "host-maintenance",
                    "ssd",
                    "power-supply",
                    "chassis",
                    "io-board",
                    "cpu",
                    "system-memory" ->
                    MACHINE;
            case "software", "dependency" -> SOFTWARE;
            case "silent-corruption" -> CORRUPTION;
            case "planned", "curtailment" -> PLANNED;
            default -> OTHER;
        };
    }
}
