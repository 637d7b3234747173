package dev.altiplano.planner.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.planner.problem.PlannerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InventoryCsvTest {
    private static final String SMALL =
            """
            node,rack,pod,state,age_days,faults
            a1,r1,p1,active,100,2
            a2,r1,p1,drained,50.5,gpu=1;nic=3
            """;

    @TempDir private Path folder;

    @Test
    void readsColumnsInAnyOrderAndLeavesTheOthersEmpty() {
        Inventory inventory = InventoryCsv.parse("nodes.csv", SMALL);

        Node second = inventory.node("a2").orElseThrow();
        assertThat(inventory.nodes()).hasSize(2);
        assertThat(inventory.node("a1").orElseThrow().faults()).isEqualTo(2);
        assertThat(second.state()).isEqualTo(NodeState.DRAINED);
        assertThat(second.ageDays()).isEqualTo(50.5);
        assertThat(second.faultsByCause()).isEqualTo(Map.of("gpu", 1, "nic", 3));
        assertThat(second.firmware()).isEmpty();
        assertThat(inventory.excluded()).containsExactly("a2");
        assertThat(inventory.countByState())
                .containsEntry(NodeState.ACTIVE, 1)
                .containsEntry(NodeState.DRAINED, 1)
                .containsEntry(NodeState.DEAD, 0);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void givesBackWhatItWrote(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            nodes.add(randomNode(random, "n" + i));
        }
        Inventory inventory = new Inventory(nodes);
        Path file = folder.resolve("nodes.csv");

        InventoryCsv.write(inventory, file);

        assertThat(InventoryCsv.read(file).nodes()).isEqualTo(nodes);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    private static Node randomNode(SplittableRandom random, String name) {
        NodeState[] states = NodeState.values();
        String[] texts = {"", "plain", "with, comma", "with \"quotes\"", "two\nlines", " padded "};
        return new Node(
                name,
                "r" + random.nextInt(9),
                "p" + random.nextInt(3),
                "h100-sxm",
                texts[random.nextInt(texts.length)],
                states[random.nextInt(states.length)],
                random.nextBoolean() ? random.nextInt(1_000) : random.nextDouble(1_000),
                random.nextBoolean() ? Map.of() : Map.of("gpu", random.nextInt(9), "ssd", 1),
                texts[random.nextInt(texts.length)],
                "1.2.3");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a1,r1,p1,active,1,0 | line 4, node | duplicate node a1, also in line 2",
                "a3,r1,p1,broken,1,0 | line 4, state | unknown state broken",
                "a3,r1,p1,active,old,0 | line 4, age_days | age old",
                "a3,r1,p1,active,-1,0 | line 4, age_days | age -1",
                "a3,r1,p1,active,NaN,0 | line 4, age_days | age NaN",
                "a3,r1,p1,active,1,many | line 4, faults | faults many",
                "a3,,p1,active,1,0 | line 4, rack | the value is missing",
                "a3,r1,p1,active,1,0,9 | line 4 | 7 fields",
            })
    void namesTheLineAndTheColumnOfEachProblem(String row, String place, String message) {
        assertThatThrownBy(() -> InventoryCsv.parse("nodes.csv", SMALL + row + "\n"))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("nodes.csv " + place)
                .hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"faults", "faults_by_cause", "Faults"})
    void callsAColumnAsItsFileDoes(String heading) {
        String text = "Node,rack,pod,%s\n,r1,p1,many\n".formatted(heading);

        assertThatThrownBy(() -> InventoryCsv.parse("nodes.csv", text))
                .hasMessageContaining("(nodes.csv line 2, " + heading + ")")
                .hasMessageContaining("(nodes.csv line 2, Node)");
    }

    @Test
    void namesTheColumnThatAnUnknownOneWasMeantToBe() {
        assertThatThrownBy(() -> InventoryCsv.parse("nodes.csv", "node,rack,pod,Fault\n"))
                .hasMessageContaining(
                        "column 'Fault' unknown; did you mean faults or faults_by_cause? (nodes.csv line 1, Fault)");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the file is empty",
                "node,rack | pod): the column is missing",
                "node,rack,pod,colour | column 'colour' unknown",
                "node,rack,pod,node | the column stands twice",
                "node,rack,pod | no node",
            })
    void refusesAHeaderThatItCannotUse(String text, String message) {
        String expected =
                message.contains("): ") ? message.substring(message.indexOf(' ') + 1) : message;

        assertThatThrownBy(() -> InventoryCsv.parse("nodes.csv", text))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void tellsAllProblemsAtOnceButNotThousands() {
        String bad = "node,rack,pod,state\n" + "x,,,odd\n".repeat(1_000);

        assertThatThrownBy(() -> InventoryCsv.parse("nodes.csv", bad))
                .isInstanceOf(PlannerException.class)
                .satisfies(
                        e ->
                                assertThat(((PlannerException) e).problems())
                                        .hasSize(InventoryCsv.PROBLEMS_MAX + 1))
                .hasMessageContaining("more");
    }

    @Test
    void anUpdateReplacesKnownNodesAndRefusesUnknownOnes() {
        Inventory known = InventoryCsv.parse("nodes.csv", SMALL);

        Inventory updated =
                InventoryCsv.parseUpdate(
                        known, "news.csv", "node,rack,pod,state\na1,r1,p1,repair\n");

        assertThat(updated.node("a1").orElseThrow().state()).isEqualTo(NodeState.REPAIR);
        assertThat(updated.node("a2")).isEqualTo(known.node("a2"));
        assertThatThrownBy(
                        () ->
                                InventoryCsv.parseUpdate(
                                        known, "news.csv", "node,rack,pod\na9,r1,p1\n"))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("news.csv line 2, node")
                .hasMessageContaining("unknown node a9");
    }

    @Test
    void refusesAFileThatIsMissingOrNotText() throws IOException {
        Path binary = Files.write(folder.resolve("x.csv"), new byte[] {(byte) 0xFF, (byte) 0xFE});

        assertThatThrownBy(() -> InventoryCsv.read(folder.resolve("none.csv")))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("E001");
        assertThatThrownBy(() -> InventoryCsv.read(binary))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("not UTF-8");
    }

    /** No damage may do more than refuse. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void readsOrRefusesDamagedFiles(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            StringBuilder text = new StringBuilder(SMALL);
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                char c = "\",;\n\r=a0-\uFEFF\0".charAt(random.nextInt(11));
                text.setCharAt(random.nextInt(text.length()), c);
            }
            try {
                assertThat(InventoryCsv.parse("damaged.csv", text.toString()).nodes()).isNotEmpty();
            } catch (PlannerException refusal) {
                assertThat(refusal).hasMessageContaining("damaged.csv");
            }
        }
    }
}
