package dev.altiplano.planner.claims;

import java.util.List;

/**
 * The figures that readings use.
 *
 * @param chips accelerators that a claim may name
 * @param itOverhead network and storage over the nodes
 * @param pue facility over IT, if the claim gives none
 */
public record ClaimConstants(List<Chip> chips, double itOverhead, double pue) {
    static final String IT_SOURCE = "network and storage 10 % of the nodes (stated, SEMI)";
    static final String PUE_SOURCE = "PUE 1.08 (stated, Meta 2023)";

    public ClaimConstants {
        chips = List.copyOf(chips);
    }

    /** The figures of the specification, sections 4 and 11. */
    public static ClaimConstants standard() {
        return new ClaimConstants(
                List.of(
                        chip("h100-sxm-500w", "h100500w", 500, 1075, 0.76, 0.82, 989, 1979, 67, 96),
                        new Chip(
                                "h100-sxm",
                                List.of("h100", "h100s", "h100sxm", "h100sxm5"),
                                700,
                                1_275,
                                969,
                                1_050,
                                989e12,
                                1_979e12,
                                67e12,
                                80e9,
                                "H100 node rated 10.2 kW (stated, SEMI); typical 76 % of it, 8.4 kW"
                                        + " at most (measured, arXiv 2412.08602, 2506.14551)"),
                        chip("a100-sxm", "a100", 400, 812, 0.76, 0.85, 312, 0, 19.5, 80),
                        chip("h200-sxm", "h200", 700, 1_275, 0.76, 0.84, 989, 1_979, 67, 141),
                        chip("b200-sxm", "b200", 1_000, 1_787, 0.76, 0.86, 2_250, 4_500, 40, 192),
                        chip("gb200", "gb200", 1_200, 1_667, 0.78, 0.88, 2_500, 5_000, 45, 186),
                        chip("mi300x", "mi300x", 750, 1_325, 0.76, 0.86, 1_307, 2_615, 0, 192),
                        chip("mi300a", "mi300a", 550, 660, 0.8, 0.95, 981, 1_961, 122.6, 128)),
                0.10,
                1.08);
    }

    private static Chip chip(
            String name,
            String alias,
            double tdp,
            double rated,
            double typical,
            double maximum,
            double bf16Tera,
            double fp8Tera,
            double fp64Tera,
            double memoryGiga) {
        return new Chip(
                name,
                List.of(alias, alias + "s", alias + "sxm", name.replace("-", "")),
                tdp,
                rated,
                rated * typical,
                rated * maximum,
                bf16Tera * 1e12,
                fp8Tera * 1e12,
                fp64Tera * 1e12,
                memoryGiga * 1e9,
                "%s: TDP stated; host, typical and highest share assumed".formatted(name));
    }
}
