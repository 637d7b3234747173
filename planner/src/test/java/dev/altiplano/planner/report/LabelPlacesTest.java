package dev.altiplano.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelPlacesTest {
    private record Point(double x, double y, String name) {}

    /** As the states lie on the map of prices and carbon. */
    private static final List<Point> CROWDED =
            List.of(
                    new Point(121.1, 135.8, "LA"),
                    new Point(133.2, 109.3, "TN"),
                    new Point(146, 141.5, "TX"),
                    new Point(155.7, 117.3, "GA"),
                    new Point(156.8, 108.4, "IA"),
                    new Point(160.9, 95.6, "OH"));

    @Test
    void namesOfACrowdStandApart() {
        LabelPlaces places = new LabelPlaces();
        CROWDED.forEach(point -> places.keepFree(point.x(), point.y(), 5));
        List<LabelPlaces.Place> found = new ArrayList<>();
        CROWDED.forEach(point -> found.add(places.of(point.x(), point.y(), 5, point.name())));

        for (int i = 0; i < found.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(overlap(found.get(i), found.get(j)))
                        .as("%s and %s", CROWDED.get(i).name(), CROWDED.get(j).name())
                        .isFalse();
            }
        }
    }

    /** Capitals of 14 pixels: 10 high, two of them 19 wide. */
    private static boolean overlap(LabelPlaces.Place a, LabelPlaces.Place b) {
        return Math.abs(a.y() - b.y()) < 10 && Math.abs(left(a) - left(b)) < 19;
    }

    private static double left(LabelPlaces.Place place) {
        return switch (place.anchor()) {
            case START -> place.x();
            case MIDDLE -> place.x() - 9.5;
            case END -> place.x() - 19;
        };
    }
}
