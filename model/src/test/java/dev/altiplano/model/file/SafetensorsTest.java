package dev.altiplano.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Shape;
import dev.altiplano.compute.quant.TensorFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SafetensorsTest {
    @TempDir private Path folder;

    @Test
    void readsBackWhatItWroteInPortions() {
        float[] logits = new float[40_000];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = i / 7f;
        }
        Path path = folder.resolve("out.safetensors");
        try (SafetensorsWriter writer = SafetensorsWriter.create(path)) {
            writer.metadata(Map.of("made", "here"));
            writer.declare("logits", TensorFormat.F32, Shape.of(2, 20_000));
            writer.declare("empty", TensorFormat.F32, Shape.of(0, 5));
            writer.declare("ids", TensorFormat.I32, Shape.of(3));
            writer.write(logits, 0, 1);
            writer.write(logits, 1, 39_999);
            writer.write(new int[] {9, 1, -2, 3}, 1, 3);
            writer.finish();
        }

        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.metadata()).containsEntry("made", "here");
            assertThat(file.require("logits").decode()).isEqualTo(logits);
            assertThat(file.require("logits").shape()).isEqualTo(Shape.of(2, 20_000));
            assertThat(file.require("ids").decode()).containsExactly(1, -2, 3);
            assertThat(file.require("empty").shape()).isEqualTo(Shape.of(0, 5));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "F64, 8",
        "F32, 4",
        "F16, 2",
        "BF16, 2",
        "F8_E4M3, 1",
        "F8_E5M2, 1",
        "I64, 8",
        "I32, 4",
        "I16, 2",
        "I8, 1",
        "U8, 1",
        "BOOL, 1"
    })
    void readsEveryNumberFormat(String dtype, int size) {
        String header =
                "{\"w\":{\"dtype\":\"%s\",\"shape\":[2,3],\"data_offsets\":[0,%d]}}"
                        .formatted(dtype, 6 * size);

        try (SafetensorsFile file = open(FileBytes.safetensors(header, 6 * size))) {
            assertThat(file.require("w").format()).hasToString(dtype);
            assertThat(file.require("w").decode()).containsOnly(0).hasSize(6);
        }
    }

    @Test
    void refusesAFormatThatItDoesNotKnow() {
        assertRefused("{\"w\":{\"dtype\":\"F6_E2M3\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1)
                .hasMessageContainingAll("w.dtype", "one of F32, F16", "\"F6_E2M3\"");
    }

    @Test
    void refusesAHeaderLongerThanTheFile() {
        Path path = new FileBytes().u64(1000).zeros(10).write(folder.resolve("a.safetensors"));

        assertThatThrownBy(() -> SafetensorsFile.open(path).close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("byte 0", "header length from 2 to 10", "1000");
    }

    @Test
    void refusesAHeaderThatIsNoJson() {
        assertRefused("{\"w\":}", 0)
                .hasMessageContainingAll("a.safetensors, header", "line 1, column 6");
    }

    @Test
    void refusesAHeaderThatIsNoObject() {
        assertRefused("[1,2]", 0).hasMessageContaining("expected an object");
    }

    @Test
    void refusesAHoleBetweenTensors() {
        assertRefused(header(entry("a", 0, 4), entry("b", 8, 12)), 12)
                .hasMessageContainingAll("'b' to begin where 'a' ends", "at 4", "found 8");
    }

    @Test
    void refusesTensorsThatOverlap() {
        assertRefused(header(entry("a", 0, 4), entry("b", 2, 6)), 6)
                .hasMessageContaining("'b' to begin where 'a' ends");
    }

    @Test
    void refusesBytesBehindTheLastTensor() {
        assertRefused(header(entry("a", 0, 4)), 5).hasMessageContaining("1 more bytes");
    }

    @Test
    void refusesATensorBehindTheEndOfTheFile() {
        assertRefused(header(entry("a", 0, 4)), 3)
                .hasMessageContainingAll("a.data_offsets[1]", "from 0 to 3", "found 4");
    }

    @Test
    void refusesOffsetsThatDoNotFitTheShape() {
        assertRefused(header(entry("a", 0, 8)), 8)
                .hasMessageContainingAll("a.data_offsets", "4 bytes apart for F32 [1], not 8");
    }

    @Test
    void refusesAShapeWhoseProductOverflows() {
        assertRefused(
                        "{\"w\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],"
                                + "\"data_offsets\":[0,0]}}",
                        0)
                .hasMessageContainingAll("w.shape[1]", "fewer than 2^63");
        assertRefused(
                        "{\"w\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904],"
                                + "\"data_offsets\":[0,0]}}",
                        0)
                .hasMessageContainingAll("w.data_offsets", "2^63 or more");
    }

    @Test
    void refusesWrongTypesWithTheirPath() {
        assertRefused("{\"w\":{\"dtype\":5,\"shape\":[1],\"data_offsets\":[0,4]}}", 4)
                .hasMessageContaining("w.dtype: expected a string, found 5");
        assertRefused("{\"w\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4)
                .hasMessageContaining("w.shape[0]: expected a whole number");
        assertRefused("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", 4)
                .hasMessageContaining("w.data_offsets: expected [begin, end]");
        assertRefused("{\"w\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4)
                .hasMessageContaining("expected the key 'w.data_offsets', found none");
        assertRefused("{\"__metadata__\":{\"a\":1}}", 0)
                .hasMessageContaining("__metadata__.a: expected a string");
    }

    @Test
    void refusesTheFileCutShortAtEveryByte() {
        byte[] whole =
                FileBytes.safetensors(header(entry("a", 0, 4), entry("b", 4, 8)), 8).toArray();
        for (int length = 0; length < whole.length; length++) {
            Path path =
                    new FileBytes()
                            .raw(Arrays.copyOf(whole, length))
                            .write(folder.resolve("cut.safetensors"));
            assertThatThrownBy(() -> SafetensorsFile.open(path).close())
                    .isInstanceOf(ModelFormatException.class);
        }
    }

    @Test
    void opensAFolderWithShardsAndConfiguration() throws IOException {
        writeShards("{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}");
        write("config.json", "{\"model_type\":\"llama\"}");
        write("tokenizer.json", "{}");

        try (SafetensorsFolder model = SafetensorsFolder.open(folder)) {
            assertThat(model.require("b").location().file()).hasFileName("two.safetensors");
            assertThat(model.tensors()).hasSize(2);
            assertThat(model.config()).hasToString("{\"model_type\":\"llama\"}");
            assertThat(model.file("tokenizer.json")).isPresent();
            assertThat(model.file("tokenizer.model")).isEmpty();
        }
    }

    @Test
    void namesMissingShards() throws IOException {
        writeShards("{\"a\":\"one.safetensors\",\"b\":\"three.safetensors\"}");

        assertFolderRefused().hasMessageContainingAll("1 missing: three.safetensors");
    }

    @Test
    void refusesAnIndexThatNamesAbsentTensors() throws IOException {
        writeShards("{\"a\":\"one.safetensors\",\"c\":\"two.safetensors\"}");

        assertFolderRefused()
                .hasMessageContainingAll("tensor 'c' in two.safetensors", "none of that name");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "../one.safetensors",
        "/etc/one.safetensors",
        "a/one.safetensors",
        "..\\\\one.safetensors",
        "C:one.safetensors",
        "one.bin",
        "''"
    })
    void refusesShardsOutsideTheFolder(String shard) throws IOException {
        writeShards("{\"a\":\"%s\"}".formatted(shard));

        assertFolderRefused()
                .hasMessageContainingAll("weight_map.a", "a .safetensors file in the same folder");
    }

    @Test
    void refusesShardsThatAreLinksInACircle() throws IOException {
        writeShards("{\"a\":\"one.safetensors\"}");
        Path one = folder.resolve("one.safetensors");
        Files.delete(one);
        Files.createSymbolicLink(one, one);

        assertFolderRefused().hasMessageContaining("one.safetensors");
    }

    @Test
    void saysThatAFolderHoldsNoModel() {
        assertFolderRefused().hasMessageContainingAll("model.safetensors", "found neither");
    }

    private void writeShards(String weightMap) throws IOException {
        FileBytes.safetensors(header(entry("a", 0, 4)), 4).write(folder.resolve("one.safetensors"));
        FileBytes.safetensors(header(entry("b", 0, 4)), 4).write(folder.resolve("two.safetensors"));
        write("model.safetensors.index.json", "{\"weight_map\":%s}".formatted(weightMap));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertFolderRefused() {
        return assertThatThrownBy(() -> SafetensorsFolder.open(folder).close())
                .isInstanceOf(ModelFormatException.class);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            String header, int dataBytes) {
        return assertThatThrownBy(() -> open(FileBytes.safetensors(header, dataBytes)).close())
                .isInstanceOf(ModelFormatException.class);
    }

    private SafetensorsFile open(FileBytes bytes) {
        return SafetensorsFile.open(bytes.write(folder.resolve("a.safetensors")));
    }

    private static String header(String... entries) {
        return "{" + String.join(",", entries) + "}";
    }

    /** A scalar-like tensor of one F32. */
    private static String entry(String name, int begin, int end) {
        return "\"%s\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}"
                .formatted(name, begin, end);
    }
}
