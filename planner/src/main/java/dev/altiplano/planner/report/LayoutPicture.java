package dev.altiplano.planner.report;

import dev.altiplano.planner.input.ClusterInput;
import dev.altiplano.planner.step.Layout;
import java.util.List;

/**
 * Where the ranks stand: all replicas in their pods, and one replica node by node. Ranks count
 * through TP, CP, PP and DP in that order, and fill nodes, racks and pods as they come.
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
    private final long replicaGpus;
    private final int ranksOfStage;

    private LayoutPicture(Texts texts, Layout layout, ClusterInput cluster) {
        this.texts = texts;
        this.layout = layout;
        this.cluster = cluster;
        ranksOfStage = layout.tp() * layout.cp();
        replicaGpus = (long) ranksOfStage * layout.pp();
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
                        whole(layout.cp()),
                        whole(layout.ep()));
        return new Section(
                "layout",
                title,
                lead,
                List.of(replicas(), stages()),
                List.of(),
                List.of(degrees(), stageTable()));
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
                    "c" + replica % 2 * 4,
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
                        "c" + stage % 8,
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
        long tp = rank % layout.tp();
        long cp = rank / layout.tp() % layout.cp();
        long pp = rank / ranksOfStage;
        // Experts are spread over the ranks of a stage in all replicas: dp x cp x tp.
        long ep = rank % ranksOfStage % layout.ep();
        return texts.text(
                "layout.rank",
                whole(rank),
                whole(rank / cluster.node().gpus()),
                whole(tp),
                whole(cp),
                whole(pp),
                whole(ep));
    }

    private DataTable degrees() {
        DataTable table =
                new DataTable(
                        texts.text("layout.degrees"),
                        texts.text("layout.degree"),
                        texts.text("column.count"));
        table.row(texts.text("layout.tp"), whole(layout.tp()));
        table.row(texts.text("layout.cp"), whole(layout.cp()));
        table.row(texts.text("layout.pp"), whole(layout.pp()));
        table.row(texts.text("layout.dp"), whole(layout.dp()));
        table.row(texts.text("layout.ep"), whole(layout.ep()));
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
