package dev.altiplano.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.bench.peers.Plan.Lengths;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With engines that are shell scripts. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class RaceTest {
    private static final Subject MODEL =
            new Subject.File(Path.of("model.gguf"), new ModelWork(1, 2, 2));
    private static final String RESULT = "echo '[{\"n_gen\": 8, \"avg_ts\": 5}]'";

    @TempDir private Path folder;

    @Test
    void runsEnginesInTurnAndLetsEachBeginARound() throws Exception {
        Contender first = engine("first", "echo first >>\"$(dirname \"$0\")/log\"; " + RESULT);
        Contender second = engine("second", "echo second >>\"$(dirname \"$0\")/log\"; " + RESULT);

        Results results = run(List.of(first, second), 3, Duration.ofSeconds(60));

        assertThat(Files.readAllLines(folder.resolve("log")))
                .containsExactly("first", "second", "second", "first", "first", "second");
        assertThat(results.samples(results.settings().getFirst()).get("first")).hasSize(3);
    }

    @Test
    void tellsWhyAnEngineFailsAndDoesNotAskItAgain() throws Exception {
        Contender broken =
                engine(
                        "broken",
                        "echo x >>\"$(dirname \"$0\")/log\"; echo no such flag >&2; exit 3");

        Results results = run(List.of(broken), 3, Duration.ofSeconds(60));

        assertThat(results.failures())
                .containsExactly(
                        new Results.Failure(MODEL, 2, "broken", "exit status 3: no such flag"));
        assertThat(Files.readAllLines(folder.resolve("log"))).hasSize(1);
    }

    @Test
    void stopsAnEngineThatTakesTooLong() throws Exception {
        Contender slow = engine("slow", "exec tail -f /dev/null");

        Results results = run(List.of(slow), 1, Duration.ofMillis(1));

        assertThat(results.failures().getFirst().message()).startsWith("stopped after");
    }

    @Test
    void doesNotAskAPeerForAShapeThatOnlyWeCanMake() throws Exception {
        Contender peer = engine("peer", "exit 1");
        Plan plan =
                plan(new Subject.Synthetic("width=64"), List.of(peer), 1, Duration.ofSeconds(60));

        Results results = new Race(plan, new PrintWriter(new StringWriter())).run();

        assertThat(results.failures()).isEmpty();
    }

    private Results run(List<Contender> contenders, int rounds, Duration timeout)
            throws InterruptedException {
        return new Race(
                        plan(MODEL, contenders, rounds, timeout),
                        new PrintWriter(new StringWriter()))
                .run();
    }

    private static Plan plan(
            Subject subject, List<Contender> contenders, int rounds, Duration timeout) {
        Lengths lengths = new Lengths(List.of(), List.of(8), List.of(0));
        return new Plan(List.of(subject), contenders, List.of(2), lengths, rounds, timeout);
    }

    private Contender engine(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        return new Contender.Peer(name, List.of("sh", file.toString()));
    }
}
