package dev.altiplano.planner.site;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Power of one machine from its load, calibrated on that machine: straight lines between measured
 * points, made monotone. Neither a straight line through the origin nor one power law fits real
 * machines; neighbours do.
 *
 * <p>Noise that falls with the load is levelled by pooling adjacent violators, the least-squares
 * monotone fit.
 *
 * @param points by rising load; watts do not fall
 */
public record LoadTable(List<Point> points) {
    /** Fewer points leave gaps that straight lines do not bridge. */
    public static final int POINTS_MIN = 8;

    /**
     * One measurement.
     *
     * @param load share of full load, 0 to 1
     */
    public record Point(double load, double watts) {
        public Point {
            if (!(load >= 0 && load <= 1) || !(watts >= 0) || Double.isInfinite(watts)) {
                throw new PlannerException(
                        ErrorCode.E401,
                        "load point (%s, %s W): expected load 0 to 1, watts 0 or more"
                                .formatted(load, watts));
            }
        }
    }

    public LoadTable {
        points = List.copyOf(points);
    }

    /** Throws E005 if there are fewer than {@link #POINTS_MIN} different loads. */
    public static LoadTable calibrate(List<Point> measured) {
        List<Point> sorted = sorted(measured);
        if (sorted.size() < POINTS_MIN) {
            throw new PlannerException(
                    ErrorCode.E005,
                    "%d load points; a calibration needs %d or more, from idle to full load"
                            .formatted(sorted.size(), POINTS_MIN));
        }
        return new LoadTable(monotone(sorted));
    }

    /** Straight between neighbours; the outermost watts outside. */
    public double wattsAt(double load) {
        Point below = points.getFirst();
        for (Point above : points) {
            if (load <= above.load()) {
                return between(below, above, load);
            }
            below = above;
        }
        return below.watts();
    }

    private static double between(Point below, Point above, double load) {
        double width = above.load() - below.load();
        double part = width > 0 ? Math.max(0, load - below.load()) / width : 1;
        return below.watts() + (above.watts() - below.watts()) * part;
    }

    /**
     * Mean relative error on the inner points, each predicted from the others alone: what the table
     * errs by between its points.
     */
    public static double innerError(List<Point> measured) {
        List<Point> sorted = sorted(measured);
        double sum = 0;
        int inner = 0;
        for (Point point : sorted.subList(1, sorted.size() - 1)) {
            List<Point> others = sorted.stream().filter(other -> !other.equals(point)).toList();
            double predicted = new LoadTable(monotone(others)).wattsAt(point.load());
            sum += Math.abs(predicted / point.watts() - 1);
            inner++;
        }
        return sum / inner;
    }

    /** By load; measurements at the same load become their mean. */
    private static List<Point> sorted(List<Point> measured) {
        List<Point> byLoad = new ArrayList<>(measured);
        byLoad.sort(Comparator.comparingDouble(Point::load));
        List<Point> merged = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= byLoad.size(); i++) {
            if (i == byLoad.size() || byLoad.get(i).load() > byLoad.get(from).load()) {
                List<Point> same = byLoad.subList(from, i);
                double mean = same.stream().mapToDouble(Point::watts).average().orElse(0);
                merged.add(new Point(byLoad.get(from).load(), mean));
                from = i;
            }
        }
        return merged;
    }

    private static List<Point> monotone(List<Point> sorted) {
        List<Pool> pools = new ArrayList<>();
        for (Point point : sorted) {
            Pool pool = new Pool(point.watts(), 1);
            while (!pools.isEmpty() && pools.getLast().watts > pool.watts) {
                pool = pool.with(pools.removeLast());
            }
            pools.add(pool);
        }
        List<Point> points = new ArrayList<>();
        for (Pool pool : pools) {
            for (int i = 0; i < pool.size; i++) {
                points.add(new Point(sorted.get(points.size()).load(), pool.watts));
            }
        }
        return points;
    }

    /** Neighbours that share one value. */
    private record Pool(double watts, int size) {
        Pool with(Pool other) {
            int both = size + other.size;
            return new Pool((watts * size + other.watts * other.size) / both, both);
        }
    }
}
