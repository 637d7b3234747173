package dev.altiplano.planner.report;

import dev.altiplano.planner.input.ClusterInput;
import dev.altiplano.planner.step.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the ranks stand: all copies in their pods, the first pod with its racks, and the first copy
 * rank by rank. The reader chooses what the colours show; style sheets do the rest.
 */
final class LayoutPicture {
    private static final double WIDTH = 640;
    private static final double LEFT = 74;
    private static final double CELL = 12;
    private static final double TOP = 24;

    /** Room for the name of a place. */
    private static final double PLACE = 150;

    /** Beyond so many cells a picture says nothing any more, and the file grows. */
    private static final int REPLICAS_MAX = 2_000;

    private static final int STAGE_RANKS_MAX = 64;
    private static final int STAGES_MAX = 64;

    private final Texts texts;
    private final Layout layout;
    private final ClusterInput cluster;
    private final Ranks ranks;
    private final long replicaGpus;
    private final int ranksOfStage;

    private LayoutPicture(Texts texts, Layout layout, ClusterInput cluster) {
        this.texts = texts;
        this.layout = layout;
        this.cluster = cluster;
        ranks = new Ranks(layout, cluster);
        ranksOfStage = ranks.ofStage();
        replicaGpus = ranks.ofCopy();
    }

    static Section of(Texts texts, Layout layout, ClusterInput cluster) {
        return new LayoutPicture(texts, layout, cluster).section();
    }

    private Section section() {
        String title = texts.text("layout.title");
        String lead =
                texts.text(
                        "layout.lead",
                        whole(layout.gpus()),
                        whole(layout.dp()),
                        whole(replicaGpus),
                        whole(layout.pp()),
                        whole(layout.tp()),
                        shared("layout.lead.cp", layout.cp()),
                        shared("layout.lead.ep", layout.ep()));
        PodMap pod = new PodMap(texts, ranks);
        return new Section(
                        "layout",
                        title,
                        lead,
                        List.of(replicas(), pod.drawing(), stages()),
                        legend(),
                        List.of(degrees(), stageTable(), pod.table()))
                .withControls(choice());
    }

    /** Nothing needs saying about what is not shared out. */
    private String shared(String key, int degree) {
        return degree > 1 ? texts.text(key, whole(degree)) : "";
    }

    /** What the colours show; the axes of degree 1 that nobody asks for are left out. */
    private String choice() {
        StringBuilder out = new StringBuilder("<fieldset class=\"choice\"><legend>");
        out.append(texts.html("layout.colours")).append("</legend>");
        for (Ranks.Axis axis : Ranks.Axis.values()) {
            boolean inner = axis == Ranks.Axis.CP || axis == Ranks.Axis.TP;
            if (!inner || ranks.degree(axis) > 1) {
                out.append(
                        "<label><input type=\"radio\" name=\"layout-colours\" value=\"%s\"%s>%s</label>"
                                .formatted(
                                        axis.word(),
                                        axis == Ranks.Axis.DP ? " checked" : "",
                                        texts.html("layout.by." + axis.word())));
            }
        }
        return out.append("</fieldset>").toString();
    }

    private List<Section.LegendEntry> legend() {
        List<Section.LegendEntry> legend = new ArrayList<>();
        for (int colour = 0; colour < Ranks.COLOURS; colour++) {
            String numbers =
                    texts.text(
                            "layout.every",
                            whole(colour),
                            whole((long) colour + Ranks.COLOURS),
                            whole((long) colour + 2 * Ranks.COLOURS));
            legend.add(new Section.LegendEntry("c" + colour, numbers));
        }
        legend.add(new Section.LegendEntry("whole", texts.text("layout.whole.legend")));
        legend.add(new Section.LegendEntry("free", texts.text("layout.free.legend")));
        return legend;
    }

    /** One cell for each data-parallel replica, a row a pod. */
    private String replicas() {
        long podGpus = cluster.fabric().podGpus();
        int shown = Math.min(layout.dp(), REPLICAS_MAX);
        double perPod = (double) podGpus / (double) replicaGpus;
        double cell = Math.clamp((WIDTH - LEFT - 4) / Math.max(1, Math.ceil(perPod)), 3.0, 20.0);
        int perRow = (int) ((WIDTH - LEFT - 4) / cell);
        int pods = (int) ((((long) shown - 1) * replicaGpus) / podGpus) + 1;
        boolean byPod = perPod >= 1 && perPod <= perRow;
        int rows = byPod ? pods : (shown - 1) / perRow + 1;
        Svg svg =
                new Svg(
                        WIDTH,
                        TOP + rows * (CELL + 3) + 4,
                        texts.text("layout.replicas"),
                        texts.text("layout.replicas.description", whole(layout.dp()), whole(pods)));
        svg.text(LEFT, TOP - 8, Svg.Anchor.START, "strong", texts.text("layout.replicas"));
        int previous = -1;
        int column = 0;
        for (int replica = 0; replica < shown; replica++) {
            long first = replica * replicaGpus;
            int row = byPod ? (int) (first / podGpus) : replica / perRow;
            column = row == previous ? column + 1 : 0;
            double y = TOP + row * (CELL + 3);
            if (row != previous) {
                String name = byPod ? texts.text("layout.pod", whole(row)) : whole(replica);
                svg.text(LEFT - 6, y + 10, Svg.Anchor.END, "small", name);
                previous = row;
            }
            svg.rectangle(
                    LEFT + column * cell,
                    y,
                    cell - 1,
                    CELL,
                    "cell d" + replica % Ranks.COLOURS,
                    replicaName(replica, first));
        }
        return svg.end();
    }

    private String replicaName(int replica, long first) {
        long last = first + replicaGpus - 1;
        return texts.text(
                "layout.replica",
                whole(replica),
                whole(first),
                whole(last),
                whole(first / cluster.rackGpus()),
                whole(last / cluster.rackGpus()));
    }

    /** The first replica: a row a stage, a cell a rank. */
    private String stages() {
        int columns = Math.min(ranksOfStage, STAGE_RANKS_MAX);
        int rows = Math.min(layout.pp(), STAGES_MAX);
        double cell = Math.min(34, (WIDTH - LEFT - 4) / columns);
        Svg svg =
                new Svg(
                        WIDTH,
                        TOP + rows * (CELL + 6) + 6,
                        texts.text("layout.stages"),
                        texts.text(
                                "layout.stages.description",
                                whole(layout.pp()),
                                whole(ranksOfStage)));
        svg.text(LEFT, TOP - 8, Svg.Anchor.START, "strong", texts.text("layout.stages"));
        for (int stage = 0; stage < rows; stage++) {
            double y = TOP + stage * (CELL + 6);
            long first = (long) stage * ranksOfStage;
            svg.text(
                    LEFT - 6,
                    y + 11,
                    Svg.Anchor.END,
                    "small",
                    texts.text("memory.stage", whole(stage)));
            for (int column = 0; column < columns; column++) {
                svg.rectangle(
                        LEFT + column * cell,
                        y,
                        cell - 2,
                        CELL + 2,
                        ranks.styles(first + column, 1),
                        rankName(first + column));
            }
            if (LEFT + columns * cell + PLACE < WIDTH) {
                svg.text(
                        LEFT + columns * cell + 8,
                        y + 11,
                        Svg.Anchor.START,
                        "small",
                        texts.text(
                                "layout.place",
                                whole(first / cluster.node().gpus()),
                                whole(first / cluster.rackGpus())));
            }
        }
        return svg.end();
    }

    private String rankName(long rank) {
        return texts.text(
                "layout.rank",
                whole(rank),
                whole(ranks.node(rank)),
                whole(ranks.place(Ranks.Axis.TP, rank)),
                whole(ranks.place(Ranks.Axis.CP, rank)),
                whole(ranks.place(Ranks.Axis.PP, rank)),
                whole(ranks.place(Ranks.Axis.EP, rank)));
    }

    private DataTable degrees() {
        DataTable table =
                new DataTable(
                        texts.text("layout.degrees"),
                        texts.text("layout.degree"),
                        texts.text("column.count"));
        for (Ranks.Axis axis : Ranks.Axis.values()) {
            table.row(texts.text("layout." + axis.word()), whole(ranks.degree(axis)));
        }
        return table.row(texts.text("layout.gpus"), whole(layout.gpus()));
    }

    private DataTable stageTable() {
        DataTable table =
                new DataTable(
                        texts.text("layout.stages"),
                        texts.text("column.stage"),
                        texts.text("layout.first"),
                        texts.text("layout.last"),
                        texts.text("layout.nodes"));
        for (int stage = 0; stage < layout.pp(); stage++) {
            long first = (long) stage * ranksOfStage;
            long last = first + ranksOfStage - 1;
            int gpus = cluster.node().gpus();
            table.row(whole(stage), whole(first), whole(last), range(first / gpus, last / gpus));
        }
        return table;
    }

    private String range(long first, long last) {
        return first == last ? whole(first) : whole(first) + "–" + whole(last);
    }

    private String whole(long value) {
        return texts.whole(value);
    }
}
