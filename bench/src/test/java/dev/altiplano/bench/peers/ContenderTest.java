package dev.altiplano.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.bench.peers.Plan.Lengths;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContenderTest {
    private static final Subject FILE =
            new Subject.File(Path.of("/models/m.gguf"), new ModelWork(1, 2, 2));

    @Test
    void asksLlamaBenchWithItsFlags() {
        Contender peer = Contender.Peer.parse("llama.cpp=/opt/llama-bench -fa 1");
        Lengths lengths = new Lengths(List.of(512, 256), List.of(), List.of(0, 4096));

        assertThat(peer.command(FILE, 2, lengths).orElseThrow())
                .containsExactly(
                        "/opt/llama-bench",
                        "-fa",
                        "1",
                        "-m",
                        "/models/m.gguf",
                        "-o",
                        "json",
                        "-t",
                        "2",
                        "-r",
                        "1",
                        "-p",
                        "512,256",
                        "-n",
                        "0",
                        "-d",
                        "0,4096");
        assertThat(peer.settings()).isEqualTo("llama-bench -fa 1");
    }

    @Test
    void asksOurLauncherForAFileOrAShape() {
        Contender ours = new Contender.Ours(List.of("./altiplano", "--tier", "avx2"));
        Lengths lengths = new Lengths(List.of(), List.of(32), List.of(0));

        assertThat(ours.command(FILE, 1, lengths).orElseThrow())
                .containsExactly(
                        "./altiplano",
                        "bench",
                        "--tier",
                        "avx2",
                        "/models/m.gguf",
                        "-t",
                        "1",
                        "-r",
                        "1",
                        "-p",
                        "0",
                        "-n",
                        "32",
                        "--json");
        assertThat(ours.command(new Subject.Synthetic("width=64"), 1, lengths).orElseThrow())
                .contains("--synthetic", "width=64");
    }

    @Test
    void refusesAPeerWithoutNameOrCommand() {
        for (String text : List.of("/opt/llama-bench", "=x", "name=")) {
            assertThatThrownBy(() -> Contender.Peer.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("NAME=COMMAND");
        }
    }
}
