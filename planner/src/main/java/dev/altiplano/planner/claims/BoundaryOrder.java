package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Boundary;
import dev.altiplano.planner.quantity.Numbers;
import java.util.ArrayList;
import java.util.List;

/** Powers at two boundaries: the outer one can only be larger. */
final class BoundaryOrder {
    /** Nothing that runs has more; old halls reach 2.5. */
    private static final double RATIO_MAX = 2.5;

    private BoundaryOrder() {}

    /** A claim that sets a power at one boundary equal to one at another. */
    static Question compare(Computed value, Boundary boundary, Measure target) {
        Boundary claimed = target.boundary().orElseThrow();
        boolean outside = claimed.compareTo(boundary) > 0;
        double ratio = outside ? target.base() / value.value() : value.value() / target.base();
        Said line =
                Said.of(
                        "{} over {}: a factor of {}",
                        name(outside ? claimed : boundary),
                        name(outside ? boundary : claimed),
                        Numbers.text(ratio));
        List<Said> impossible = new ArrayList<>();
        if (ratio < 1) {
            impossible.add(
                    Said.of(
                            "power at the {} cannot be less than at the {}",
                            name(outside ? claimed : boundary),
                            name(outside ? boundary : claimed)));
        }
        boolean possible = ratio >= 1 && ratio <= RATIO_MAX;
        Candidate candidate =
                Candidate.other(
                        Said.of("with an overhead factor of {}", Numbers.text(ratio)),
                        possible ? target.base() : value.value(),
                        0,
                        line);
        return Question.of(target, List.of(candidate)).and(impossible);
    }

    private static Said name(Boundary boundary) {
        return PowerLadder.boundaryName(boundary);
    }
}
