package dev.altiplano.planner.report;

import java.util.ArrayList;
import java.util.List;

/** The first pod, rack by rack: a frame a rack, and in it a cell for the ranks of a machine. */
final class PodMap {
    private static final double WIDTH = 640;
    private static final double LEFT = 92;
    private static final double TOP = 24;
    private static final double CELL = 9;
    private static final double CELL_HEIGHT = 12;
    private static final double GAP = 5;
    private static final double ROW = CELL_HEIGHT + 10;

    /** More cells say nothing any more, and the file grows. */
    private static final int CELLS_MAX = 512;

    private final Texts texts;
    private final Ranks ranks;
    private final int cellRanks;
    private final int rackCells;
    private final int racks;

    PodMap(Texts texts, Ranks ranks) {
        this.texts = texts;
        this.ranks = ranks;
        cellRanks = ranks.alike();
        rackCells = (int) Math.max(1, ranks.cluster().rackGpus() / cellRanks);
        long pod = Math.min(ranks.cluster().fabric().podGpus(), ranks.cluster().gpus());
        long all = Math.max(1, Math.ceilDiv(pod, ranks.cluster().rackGpus()));
        racks = (int) Math.min(all, Math.max(1, CELLS_MAX / rackCells));
    }

    String drawing() {
        double cell = Math.min(CELL, (WIDTH - LEFT - GAP) / rackCells);
        double rack = rackCells * cell + GAP;
        int perRow = (int) Math.max(1, Math.floor((WIDTH - LEFT) / rack));
        int rows = Math.ceilDiv(racks, perRow);
        String title = texts.text("layout.racks", texts.whole(racks));
        Svg svg =
                new Svg(WIDTH, TOP + rows * ROW + 2, title, texts.text("layout.racks.description"));
        svg.text(LEFT, TOP - 8, Svg.Anchor.START, "strong", title);
        for (int at = 0; at < racks; at++) {
            int row = at / perRow;
            int column = at % perRow;
            double x = LEFT + column * rack;
            double y = TOP + row * ROW;
            if (column == 0) {
                String last = texts.whole(Math.min(racks, at + perRow) - 1L);
                String name = texts.text("layout.rack.row", texts.whole(at), last);
                svg.text(LEFT - 8, y + 12, Svg.Anchor.END, "small", name);
            }
            svg.rectangle(x, y, rack - 2, CELL_HEIGHT + 6, "rack", "");
            for (int i = 0; i < rackCells; i++) {
                cell(svg, x + 1.5 + i * cell, y + 3, cell, first(at, i));
            }
        }
        return svg.end();
    }

    private long first(int rack, int cell) {
        return (long) rack * ranks.cluster().rackGpus() + (long) cell * cellRanks;
    }

    private void cell(Svg svg, double x, double y, double width, long first) {
        boolean works = first < ranks.layout().gpus();
        svg.rectangle(
                x,
                y,
                width - 0.5,
                CELL_HEIGHT,
                works ? ranks.styles(first, cellRanks) : "cell free",
                works ? name(first) : texts.text("layout.free", texts.whole(ranks.node(first))));
    }

    private String name(long first) {
        return texts.text(
                "layout.cell",
                texts.whole(ranks.node(first)),
                texts.whole(ranks.rack(first)),
                range(first, first + cellRanks - 1),
                texts.whole(ranks.place(Ranks.Axis.DP, first)),
                texts.whole(ranks.place(Ranks.Axis.PP, first)),
                places(Ranks.Axis.EP, first, first + cellRanks - 1));
    }

    DataTable table() {
        DataTable table =
                new DataTable(
                        texts.text("layout.racks", texts.whole(racks)),
                        texts.text("layout.rack"),
                        texts.text("layout.nodes"),
                        texts.text("layout.ranks"),
                        texts.text("layout.dp"),
                        texts.text("layout.pp"),
                        texts.text("layout.ep"));
        for (int rack = 0; rack < racks; rack++) {
            long first = first(rack, 0);
            long last = Math.min(first(rack + 1, 0), ranks.layout().gpus()) - 1;
            if (last < first) {
                break;
            }
            table.row(
                    texts.whole(rack),
                    range(ranks.node(first), ranks.node(last)),
                    range(first, last),
                    places(Ranks.Axis.DP, first, last),
                    places(Ranks.Axis.PP, first, last),
                    places(Ranks.Axis.EP, first, last));
        }
        return table;
    }

    /** The places on {@code axis} from one rank to another: {@code 14–15, 0–1}. */
    private String places(Ranks.Axis axis, long first, long last) {
        List<String> runs = new ArrayList<>();
        long from = ranks.place(axis, first);
        long to = from;
        for (long rank = first + 1; rank <= last; rank++) {
            long place = ranks.place(axis, rank);
            if (place != to && place != to + 1) {
                addOnce(runs, range(from, to));
                from = place;
            }
            to = place;
        }
        addOnce(runs, range(from, to));
        return String.join(", ", runs);
    }

    private static void addOnce(List<String> runs, String run) {
        if (!runs.contains(run)) {
            runs.add(run);
        }
    }

    private String range(long first, long last) {
        return first == last ? texts.whole(first) : texts.whole(first) + "–" + texts.whole(last);
    }
}
