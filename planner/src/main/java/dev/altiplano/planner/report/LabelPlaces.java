package dev.altiplano.planner.report;

import java.util.ArrayList;
import java.util.List;

/** Finds a place for each point's name beside it where no other point or name stands. */
final class LabelPlaces {
    private static final double CHARACTER = 9;
    private static final double HEIGHT = 16;

    /** A letter such as g reaches so far below its line. */
    private static final double DESCENT = 4;

    private final List<Svg.Box> taken = new ArrayList<>();

    /** Where a name begins, or ends, beside its point. */
    record Place(double x, double y, Svg.Anchor anchor) {}

    /** No name may stand here. */
    void keepFree(double x, double y, double radius) {
        taken.add(new Svg.Box(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    /** The first free place to the right, left, above, below or obliquely; else to the right. */
    Place of(double x, double y, double radius, String name) {
        double width = CHARACTER * name.length();
        double gap = radius + 3;
        List<Place> places =
                List.of(
                        new Place(x + gap, y + 4, Svg.Anchor.START),
                        new Place(x - gap, y + 4, Svg.Anchor.END),
                        new Place(x, y - radius - DESCENT, Svg.Anchor.MIDDLE),
                        new Place(x, y + radius + HEIGHT - DESCENT, Svg.Anchor.MIDDLE),
                        new Place(x + gap, y + 12, Svg.Anchor.START),
                        new Place(x + 2 * gap, y - 6, Svg.Anchor.START));
        Place chosen =
                places.stream()
                        .filter(place -> isFree(box(place, width)))
                        .findFirst()
                        .orElse(places.getFirst());
        taken.add(box(chosen, width));
        return chosen;
    }

    private static Svg.Box box(Place place, double width) {
        double left =
                switch (place.anchor()) {
                    case START -> place.x();
                    case MIDDLE -> place.x() - width / 2;
                    case END -> place.x() - width;
                };
        return new Svg.Box(left, place.y() - HEIGHT + DESCENT, width, HEIGHT);
    }

    private boolean isFree(Svg.Box wanted) {
        return taken.stream().noneMatch(wanted::overlaps);
    }
}
