package dev.altiplano.planner.quantity;

import dev.altiplano.planner.quantity.Dimension.Base;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The names of single units and the SI prefixes that some of them take. */
final class UnitNames {
    /** A year is 8,760 hours everywhere in the planner, and a month a twelfth of it. */
    private static final double YEAR_SECONDS = 8_760 * 3_600.0;

    private static final Map<Character, Double> PREFIXES =
            Map.of(
                    'n', 1e-9, 'u', 1e-6, 'm', 1e-3, 'k', 1e3, 'M', 1e6, 'G', 1e9, 'T', 1e12, 'P',
                    1e15, 'E', 1e18);

    private static final Map<String, Unit> PREFIXED = new HashMap<>();
    private static final Map<String, Unit> PLAIN = new HashMap<>();

    static {
        Dimension power = Dimension.of(Base.POWER);
        Dimension time = Dimension.of(Base.TIME);
        Dimension energy = power.times(time);
        Dimension operation = Dimension.of(Base.OPERATION);
        Dimension data = Dimension.of(Base.DATA);
        prefixed(power, 1, "W");
        prefixed(energy, 3_600, "Wh");
        prefixed(energy, 1, "J");
        prefixed(operation, 1, "FLOP", "FLOPs");
        prefixed(operation.over(time), 1, "FLOPS");
        prefixed(data, 1, "B", "byte", "bytes");
        prefixed(data, 0.125, "b", "bit");
        prefixed(Dimension.of(Base.MASS), 1e-3, "g");
        prefixed(Dimension.of(Base.VOLUME), 1, "L");
        prefixed(time, 1, "s");
        prefixed(Dimension.of(Base.MONEY), 1, "USD");
        plain(data, 1024, "KiB");
        plain(data, 1 << 20, "MiB");
        plain(data, 1 << 30, "GiB");
        plain(data, 1024.0 * (1 << 30), "TiB");
        plain(time, 60, "min", "minute", "minutes");
        plain(time, 3_600, "h", "hour", "hours");
        plain(time, 86_400, "d", "day", "days");
        plain(time, 604_800, "week", "weeks");
        plain(time, YEAR_SECONDS, "y", "year", "years");
        plain(time, YEAR_SECONDS / 12, "month", "months");
        plain(Dimension.of(Base.MASS), 1_000, "t", "tonne", "tonnes");
        plain(Dimension.of(Base.MASS), 1e6, "kt");
        plain(Dimension.of(Base.MASS), 1e9, "Mt");
        plain(Dimension.of(Base.MONEY), 0.01, "c", "cent");
        plain(Dimension.NONE, 0.01, "%");
        plain(Dimension.of(Base.TOKEN), 1, "token", "tokens");
        plain(Dimension.of(Base.GPU), 1, "gpu", "gpus", "GPU", "GPUs");
        plain(Dimension.of(Base.PARAMETER), 1, "param", "parameter", "parameters");
    }

    private UnitNames() {}

    private static void prefixed(Dimension dimension, double factor, String... names) {
        for (String name : names) {
            PREFIXED.put(name, new Unit(name, dimension, factor));
        }
    }

    private static void plain(Dimension dimension, double factor, String... names) {
        for (String name : names) {
            PLAIN.put(name, new Unit(name, dimension, factor));
        }
    }

    static Optional<Unit> find(String name) {
        Unit plain = PLAIN.get(name);
        if (plain == null) {
            plain = PREFIXED.get(name);
        }
        if (plain != null) {
            return Optional.of(plain);
        }
        if (name.length() < 2) {
            return Optional.empty();
        }
        Double prefix = PREFIXES.get(name.charAt(0));
        Unit base = PREFIXED.get(name.substring(1));
        return prefix == null || base == null
                ? Optional.empty()
                : Optional.of(new Unit(name, base.dimension(), prefix * base.factor()));
    }
}
