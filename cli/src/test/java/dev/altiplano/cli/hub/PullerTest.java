package dev.altiplano.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PullerTest {
    private static final String NAME = "someone/tiny-GGUF";

    @TempDir private Path folder;

    @Test
    void pullsTheOnlyModelOfARepositoryUnderItsName() throws Exception {
        byte[] model = randomBytes(100_000);
        try (FakeHub hub =
                new FakeHub().file("tiny.gguf", model).listing(listing("tiny.gguf", model))) {
            Path path = puller(hub).pull(NAME);

            assertThat(path).hasBinaryContent(model);
            assertThat(new ModelStore(folder).list())
                    .extracting(StoredModel::name)
                    .containsExactly(NAME);
        }
    }

    @Test
    void goesOnWhereABrokenLineStopped() throws Exception {
        byte[] model = randomBytes(100_000);
        try (FakeHub hub =
                new FakeHub()
                        .file("tiny.gguf", model)
                        .listing(listing("tiny.gguf", model))
                        .breakOnceAfter(40_000)) {
            Path path = puller(hub).pull(NAME);

            assertThat(path).hasBinaryContent(model);
            assertThat(hub.ranges).hasSize(2);
            assertThat(hub.ranges.getLast()).matches("bytes=[1-9]\\d*-");
        }
    }

    @Test
    void goesOnWithThePartThatAnEarlierPullLeft() throws Exception {
        byte[] model = randomBytes(100_000);
        Path partial = new ModelStore(folder).partialFolder("someone--tiny-gguf");
        Files.createDirectories(partial);
        Files.write(partial.resolve("tiny.gguf.part"), java.util.Arrays.copyOf(model, 70_000));
        try (FakeHub hub =
                new FakeHub().file("tiny.gguf", model).listing(listing("tiny.gguf", model))) {
            Path path = puller(hub).pull(NAME);

            assertThat(path).hasBinaryContent(model);
            assertThat(hub.ranges).containsExactly("bytes=70000-");
        }
    }

    @Test
    void refusesAWrongHashAndLeavesNothingHalfWritten() throws Exception {
        byte[] model = randomBytes(1_000);
        byte[] forged = model.clone();
        forged[500] ^= 1;
        try (FakeHub hub =
                new FakeHub().file("tiny.gguf", forged).listing(listing("tiny.gguf", model))) {
            assertThatThrownBy(() -> puller(hub).pull(NAME))
                    .isInstanceOf(PullException.class)
                    .hasMessageContainingAll("tiny.gguf", "expected SHA-256", "found SHA-256");

            assertThat(new ModelStore(folder).list()).isEmpty();
            assertThat(modelFiles()).isEmpty();
        }
    }

    @Test
    void refusesMoreBytesThanAnnounced() throws Exception {
        byte[] model = randomBytes(1_000);
        try (FakeHub hub =
                new FakeHub()
                        .file("tiny.gguf", randomBytes(200_000))
                        .listing(listing("tiny.gguf", model))) {
            assertThatThrownBy(() -> puller(hub).pull(NAME))
                    .isInstanceOf(PullException.class)
                    .hasMessageContaining("expected 1000 bytes");

            assertThat(modelFiles()).isEmpty();
        }
    }

    @Test
    void refusesFileNamesThatLeaveTheFolder() throws Exception {
        byte[] model = randomBytes(10);
        try (FakeHub hub = new FakeHub().listing(listing("../evil.gguf", model))) {
            assertThatThrownBy(() -> puller(hub).pull(NAME))
                    .isInstanceOf(PullException.class)
                    .hasMessageContaining("../evil.gguf");
        }
    }

    @Test
    void keepsTheTokenFromTheHostThatTheHubRedirectsTo() throws Exception {
        byte[] model = randomBytes(1_000);
        try (FakeHub storage = new FakeHub().file("tiny.gguf", model);
                FakeHub hub =
                        new FakeHub()
                                .listing(listing("tiny.gguf", model))
                                .redirectFilesTo(storage.uri())) {
            puller(hub).pull(NAME);

            assertThat(hub.tokens).containsOnly("Bearer secret");
            assertThat(storage.tokens).containsOnly("null");
        }
    }

    @Test
    void namesTheVariantsWhenTheOneAskedForIsMissing() throws Exception {
        byte[] model = randomBytes(10);
        try (FakeHub hub = new FakeHub().listing(listing("tiny-Q8_0.gguf", model))) {
            assertThatThrownBy(() -> puller(hub).pull(NAME + ":Q2_K"))
                    .isInstanceOf(PullException.class)
                    .hasMessageContainingAll("Q8_0", "Q2_K");
        }
    }

    @Test
    void saysWhatIsWrongWhenTheHubKnowsNoSuchFile() throws Exception {
        byte[] model = randomBytes(10);
        try (FakeHub hub = new FakeHub().listing(listing("gone.gguf", model))) {
            assertThatThrownBy(() -> puller(hub).pull(NAME))
                    .isInstanceOf(PullException.class)
                    .hasMessageContainingAll("gone.gguf", "404");
        }
    }

    @Test
    void answersFromTheStoreWithoutAskingTheHubAgain() throws Exception {
        byte[] model = randomBytes(1_000);
        try (FakeHub hub =
                new FakeHub().file("tiny.gguf", model).listing(listing("tiny.gguf", model))) {
            Path first = puller(hub).pull(NAME);
            int requests = hub.tokens.size();

            Path second = puller(hub).pull(NAME);

            assertThat(second).isEqualTo(first);
            assertThat(hub.tokens).hasSize(requests);
        }
    }

    @Test
    void removesAPulledModelWhole() throws Exception {
        byte[] model = randomBytes(1_000);
        try (FakeHub hub =
                new FakeHub().file("tiny.gguf", model).listing(listing("tiny.gguf", model))) {
            puller(hub).pull(NAME);

            new ModelStore(folder).remove(NAME);

            assertThat(new ModelStore(folder).list()).isEmpty();
            assertThat(modelFiles()).isEmpty();
        }
    }

    private Puller puller(FakeHub hub) {
        return new Puller(
                new ModelStore(folder), hub.uri(), Optional.of("secret"), List.of("false"), SILENT);
    }

    private List<String> modelFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .toList();
        }
    }

    private static String listing(String fileName, byte[] content) throws Exception {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(content);
        return """
                {"siblings": [{"rfilename": "README.md", "size": 5},
                 {"rfilename": "%s", "size": %d, "lfs": {"sha256": "%s"}}]}"""
                .formatted(fileName, content.length, HexFormat.of().formatHex(sum));
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new SplittableRandom(count).nextBytes(bytes);
        return bytes;
    }

    private static final Progress SILENT =
            new Progress() {
                @Override
                public void begin(String what, long doneBytes, long totalBytes) {}

                @Override
                public void advance(long doneBytes) {}

                @Override
                public void end() {}

                @Override
                public void note(String line) {}
            };
}
