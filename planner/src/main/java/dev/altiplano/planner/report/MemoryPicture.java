package dev.altiplano.planner.report;

import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.layout.Candidate;
import dev.altiplano.planner.step.MemoryEstimate;
import dev.altiplano.planner.step.MemoryModel;
import java.util.ArrayList;
import java.util.List;

/** What fills the memory of a rank, one bar for each pipeline stage. */
final class MemoryPicture {
    private static final double WIDTH = 640;
    private static final double LEFT = 90;
    private static final double RIGHT = 24;
    private static final double TOP = 24;
    private static final double ROW = 24;
    private static final List<String> PARTS =
            List.of(
                    "memory.weights",
                    "memory.gradients",
                    "memory.optimizer",
                    "memory.activations",
                    "memory.working",
                    "memory.overhead");

    private final Texts texts;
    private final List<Group> groups;
    private final double usableBytes;

    /** Neighbouring stages that hold the same. */
    private record Group(int first, int last, MemoryEstimate memory) {
        List<Double> bytes() {
            double overhead = memory.likelyBytes() - memory.sumBytes();
            return List.of(
                    memory.states().weightBytes(),
                    memory.states().gradientBytes(),
                    memory.states().optimizerBytes(),
                    memory.activationBytes(),
                    memory.workingBytes(),
                    overhead);
        }
    }

    private MemoryPicture(Texts texts, List<Group> groups, double usableBytes) {
        this.texts = texts;
        this.groups = groups;
        this.usableBytes = usableBytes;
    }

    static Section of(Texts texts, PlanInput input, Candidate candidate) {
        MemoryModel model = new MemoryModel(input.model().shape(), input.training().spec());
        List<MemoryEstimate> stages = model.stages(candidate.layout(), candidate.microBatches());
        return new MemoryPicture(texts, group(stages), input.cluster().spec().hbmBytes())
                .section(candidate);
    }

    private static List<Group> group(List<MemoryEstimate> stages) {
        List<Group> groups = new ArrayList<>();
        for (int stage = 0; stage < stages.size(); stage++) {
            MemoryEstimate memory = stages.get(stage);
            if (!groups.isEmpty() && groups.getLast().memory().equals(memory)) {
                groups.set(groups.size() - 1, new Group(groups.getLast().first(), stage, memory));
            } else {
                groups.add(new Group(stage, stage, memory));
            }
        }
        return groups;
    }

    private Section section(Candidate candidate) {
        String title = texts.text("memory.title");
        String lead =
                texts.text(
                        "memory.lead",
                        gib(candidate.memory().likelyBytes()),
                        gib(candidate.memory().p90Bytes()),
                        gib(usableBytes));
        List<Section.LegendEntry> legend = new ArrayList<>();
        for (int part = 0; part < PARTS.size(); part++) {
            int at = part;
            if (groups.stream().anyMatch(group -> group.bytes().get(at) > 0)) {
                legend.add(new Section.LegendEntry("c" + part, texts.text(PARTS.get(part))));
            }
        }
        return new Section(
                "memory", title, lead, List.of(draw(title, lead)), legend, List.of(table()));
    }

    private String draw(String title, String lead) {
        double height = TOP + groups.size() * ROW + 6;
        double most =
                groups.stream().mapToDouble(group -> group.memory().likelyBytes()).max().orElse(0);
        double scale = (WIDTH - LEFT - RIGHT) / Math.max(most, usableBytes);
        Svg svg = new Svg(WIDTH, height, title, lead);
        double y = TOP;
        for (Group group : groups) {
            svg.text(LEFT - 8, y + 15, Svg.Anchor.END, "", name(group));
            double x = LEFT;
            List<Double> bytes = group.bytes();
            for (int part = 0; part < PARTS.size(); part++) {
                double width = bytes.get(part) * scale;
                String value =
                        "%s: %s GiB".formatted(texts.text(PARTS.get(part)), gib(bytes.get(part)));
                svg.rectangle(x, y + 3, width, ROW - 6, "c" + part, name(group) + ", " + value);
                x += width;
            }
            y += ROW;
        }
        double x = LEFT + usableBytes * scale;
        return svg.line(x, TOP - 2, x, height - 2, "limit")
                .text(
                        x,
                        TOP - 8,
                        Svg.Anchor.END,
                        "strong",
                        texts.text("memory.limit", gib(usableBytes)))
                .end();
    }

    private String name(Group group) {
        String stages =
                group.first() == group.last()
                        ? Integer.toString(group.first())
                        : group.first() + "–" + group.last();
        return texts.text("memory.stage", stages);
    }

    private DataTable table() {
        DataTable table =
                new DataTable(
                        texts.text("memory.caption"),
                        texts.text("column.stage"),
                        texts.text("memory.weights"),
                        texts.text("memory.gradients"),
                        texts.text("memory.optimizer"),
                        texts.text("memory.activations"),
                        texts.text("memory.working"),
                        texts.text("memory.overhead"),
                        texts.text("column.sum"));
        for (Group group : groups) {
            List<String> cells = new ArrayList<>();
            cells.add(name(group));
            group.bytes().forEach(bytes -> cells.add(gib(bytes)));
            cells.add(gib(group.memory().likelyBytes()));
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    private String gib(double bytes) {
        return texts.number(bytes / MemoryEstimate.GIB, 1);
    }
}
