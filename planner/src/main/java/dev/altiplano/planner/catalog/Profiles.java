package dev.altiplano.planner.catalog;

import static dev.altiplano.planner.schema.Shape.number;
import static dev.altiplano.planner.schema.Shape.whole;
import static dev.altiplano.planner.schema.Shape.words;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.reliability.FailureCause;
import dev.altiplano.planner.reliability.FailureProfile;
import dev.altiplano.planner.reliability.FaultEffect;
import dev.altiplano.planner.reliability.JobScaling;
import dev.altiplano.planner.reliability.Observation;
import dev.altiplano.planner.reliability.Scope;
import dev.altiplano.planner.schema.Key;
import dev.altiplano.planner.schema.Section;
import dev.altiplano.planner.schema.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys that describe a reliability profile, here and in plan files. A profile is one of three
 * things: counts by cause with the run they were seen in, stops per thousand node-days, or one
 * class of component with its mean time between failures.
 */
public final class Profiles {
    private static final int CAUSES_MAX = 1_000;

    private static final Shape.Block OBSERVED =
            Shape.block(
                    Key.required("gpus", number("", 1, 1e7), "accelerators of the observed run"),
                    Key.required("days", number("d", 1e-3, 36_500), "its length"),
                    Key.withDefault(
                            "gpus_per_node", whole(1, 100_000), "8", "accelerators of one host"));

    private static final Shape.Block CAUSE =
            Shape.block(
                    Key.required("count", number("", 0, 1e9), "stops seen"),
                    Key.withDefault(
                            "scope",
                            words("gpu", "node", "link", "rack", "job"),
                            "node",
                            "what the number of faults grows with"),
                    Key.withDefault(
                            "effect",
                            words(
                                    "node-lost",
                                    "link-down",
                                    "rack-down",
                                    "job-dies",
                                    "silent-corruption"),
                            "node-lost",
                            "what a fault does"));

    public static final Shape.Block SHAPE =
            Shape.block(
                    Key.optional("observed", OBSERVED, "the run that the causes were counted in"),
                    Key.optional("causes", new Shape.TableOf(CAUSE, CAUSES_MAX), "stops by cause"),
                    Key.withDefault(
                            "planned", number("", 0, 1e9), "0", "planned stops in that run"),
                    Key.withDefault(
                            "job_scaling",
                            words("with-gpus", "constant"),
                            "with-gpus",
                            "how the rate of faults of the whole job moves with its size"),
                    Key.optional(
                            "per_thousand_node_days",
                            number("", 0, 1e6),
                            "stops per thousand node-days"),
                    Key.optional(
                            "component",
                            words("gpu", "node", "link", "rack"),
                            "the only class of component that fails"),
                    Key.optional(
                            "mtbf",
                            number("y", 1e-9, 1e9),
                            "mean time between failures of one such component"));

    private Profiles() {}

    /**
     * The profile that a checked section describes, graded as its figures are: those of a plan are
     * stated unless they say otherwise.
     *
     * @param gpusPerNode of the cluster, for rates by node
     * @param nodesPerRack of the cluster, for rates by rack
     */
    public static FailureProfile profile(
            String name, String source, Section section, int gpusPerNode, int nodesPerRack) {
        boolean counted = section.has("causes");
        boolean perNode = section.has("per_thousand_node_days");
        boolean component = section.has("mtbf");
        if ((counted ? 1 : 0) + (perNode ? 1 : 0) + (component ? 1 : 0) != 1) {
            throw new PlannerException(
                    Problem.of(
                                    ErrorCode.E004,
                                    "a reliability profile needs one of causes,"
                                            + " per_thousand_node_days and mtbf")
                            .at(section.place()));
        }
        if (perNode) {
            Quantity stops = section.quantity("per_thousand_node_days");
            return FailureProfile.perThousandNodeDays(name, stops.base(), gpusPerNode, source)
                    .withGrade(stops.grade());
        }
        if (component) {
            Scope scope =
                    section.has("component") ? section.choice("component", Scope.class) : Scope.GPU;
            Quantity years = section.quantity("mtbf");
            return FailureProfile.singleComponent(
                            name, scope, years.likely(), gpusPerNode, nodesPerRack)
                    .withGrade(years.grade());
        }
        return counted(name, source, section);
    }

    private static FailureProfile counted(String name, String source, Section section) {
        Section observed =
                section.optionalBlock("observed")
                        .orElseThrow(
                                () ->
                                        new PlannerException(
                                                Problem.of(
                                                                ErrorCode.E004,
                                                                "causes need observed: {gpus, days}")
                                                        .at(section.place())));
        Quantity gpus = observed.quantity("gpus");
        Quantity days = observed.quantity("days");
        Grade grade = gpus.grade().worse(days.grade());
        List<FailureCause> causes = new ArrayList<>();
        for (var entry : section.table("causes").entrySet()) {
            Quantity count = entry.getValue().quantity("count");
            grade = grade.worse(count.grade());
            causes.add(cause(entry.getKey(), entry.getValue(), count));
        }
        return new FailureProfile(
                        name,
                        new Observation(
                                gpus.base(), days.likely(), observed.whole("gpus_per_node")),
                        causes,
                        section.number("planned"),
                        section.choice("job_scaling", JobScaling.class),
                        source)
                .withGrade(grade);
    }

    private static FailureCause cause(String name, Section entry, Quantity count) {
        return new FailureCause(
                name,
                entry.choice("scope", Scope.class),
                entry.choice("effect", FaultEffect.class),
                count.base());
    }
}
