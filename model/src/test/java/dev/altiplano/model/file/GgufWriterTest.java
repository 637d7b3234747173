package dev.altiplano.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.Shape;
import dev.altiplano.compute.Tensor;
import dev.altiplano.compute.quant.TensorFormat;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GgufWriterTest {
    private static final TensorFormat[] FORMATS = {
        TensorFormat.F32, TensorFormat.F16, TensorFormat.Q8_0, TensorFormat.Q4_K, TensorFormat.I8
    };

    @TempDir private Path folder;

    @Test
    void leavesADeviceOrSocketInItsPlace() throws IOException {
        Path target = folder.resolve("s");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(target));

            assertThatThrownBy(() -> GgufWriter.create(target))
                    .isInstanceOf(ModelWriteException.class)
                    .hasMessageContainingAll(target.toString(), "found a folder or device there");
        }
        assertThat(Files.isRegularFile(target)).isFalse();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void readsBackWhatItWrote(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, GgufValue> metadata = new LinkedHashMap<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            metadata.put("key." + i, randomValue(random, 3));
        }
        Map<String, byte[]> tensors = new LinkedHashMap<>();
        long alignment = 8L << random.nextInt(6);
        Path path = folder.resolve("round.gguf");
        try (GgufWriter writer = GgufWriter.create(path, alignment)) {
            metadata.forEach(writer::put);
            for (int i = random.nextInt(6); i >= 0; i--) {
                TensorFormat format = FORMATS[random.nextInt(FORMATS.length)];
                Shape shape =
                        Shape.of(
                                random.nextInt(4),
                                (1L + random.nextInt(3)) * format.blockWeights());
                writer.declare("tensor." + i, format, shape);
                byte[] bytes = new byte[(int) format.sizeBytes(shape.elements())];
                random.nextBytes(bytes);
                tensors.put("tensor." + i, bytes);
            }
            tensors.values().forEach(bytes -> writer.write(MemorySegment.ofArray(bytes)));
            writer.finish();
        }

        try (GgufFile file = GgufFile.open(path)) {
            assertThat(file.version()).isEqualTo(3);
            assertThat(file.alignment()).isEqualTo(alignment);
            metadata.forEach((key, value) -> assertThat(file.metadata().find(key)).contains(value));
            assertThat(file.tensors().stream().map(Tensor::name))
                    .containsExactlyElementsOf(tensors.keySet());
            for (Tensor tensor : file.tensors()) {
                assertThat(tensor.bytes().toArray(ValueLayout.JAVA_BYTE))
                        .isEqualTo(tensors.get(tensor.name()));
                assertThat(tensor.location().offsetBytes() % alignment).isZero();
            }
        }
    }

    private static GgufValue randomValue(SplittableRandom random, int depth) {
        GgufType type = GgufType.of(random.nextInt(GgufType.values().length)).orElseThrow();
        return randomValue(random, type, depth);
    }

    private static GgufValue randomValue(SplittableRandom random, GgufType type, int depth) {
        return switch (type) {
            case UINT8 -> new GgufValue.Whole(type, random.nextInt(256));
            case INT8 -> new GgufValue.Whole(type, (byte) random.nextInt());
            case UINT16 -> new GgufValue.Whole(type, random.nextInt(1 << 16));
            case INT16 -> new GgufValue.Whole(type, (short) random.nextInt());
            case UINT32 -> new GgufValue.Whole(type, random.nextLong(1L << 32));
            case INT32 -> new GgufValue.Whole(type, random.nextInt());
            case UINT64, INT64 -> new GgufValue.Whole(type, random.nextLong());
            case FLOAT32 -> new GgufValue.Real(type, (float) random.nextGaussian());
            case FLOAT64 -> new GgufValue.Real(type, random.nextGaussian());
            case BOOL -> new GgufValue.Bool(random.nextBoolean());
            case STRING -> new GgufValue.Text("ñ😀".repeat(random.nextInt(5)));
            case ARRAY -> {
                int types = depth == 0 ? GgufType.ARRAY.id() : GgufType.values().length;
                GgufType element = GgufType.of(random.nextInt(types)).orElseThrow();
                List<GgufValue> items = new ArrayList<>();
                for (int i = random.nextInt(100); i > 0; i--) {
                    items.add(randomValue(random, element, depth - 1));
                }
                yield new GgufValue.Array(element, items);
            }
        };
    }

    @Test
    void leavesNothingWhenItIsClosedBeforeTheEnd() throws IOException {
        Path path = folder.resolve("half.gguf");
        try (GgufWriter writer = GgufWriter.create(path)) {
            writer.declare("a", TensorFormat.F32, Shape.of(4));
            writer.write(MemorySegment.ofArray(new byte[8]));

            assertThatThrownBy(writer::finish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("8 more bytes of tensor 'a'");
        }

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void keepsTheOlderFileUntilTheNewOneIsComplete() throws IOException {
        Path path = folder.resolve("model.gguf");
        Files.writeString(path, "older");
        try (GgufWriter writer = GgufWriter.create(path)) {
            writer.put("general.name", GgufValue.text("newer"));
            assertThat(path).hasContent("older");
            writer.finish();
        }

        try (GgufFile file = GgufFile.open(path)) {
            assertThat(file.metadata().requireString("general.name")).isEqualTo("newer");
        }
    }

    @Test
    void refusesMoreBytesThanWereDeclared() {
        try (GgufWriter writer = GgufWriter.create(folder.resolve("more.gguf"))) {
            writer.declare("a", TensorFormat.F32, Shape.of(4));

            assertThatThrownBy(() -> writer.write(MemorySegment.ofArray(new byte[17])))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("at most 16 more bytes of tensor 'a'");
        }
    }

    @Test
    void saysWhereItCannotWrite() {
        assertThatThrownBy(() -> GgufWriter.create(folder.resolve("absent/model.gguf")).close())
                .isInstanceOf(ModelWriteException.class)
                .hasMessageContaining("absent");
    }
}
