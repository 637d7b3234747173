package dev.altiplano.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Shape;
import dev.altiplano.compute.Tensor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GgufFileTest {
    private static final int F32 = 0;
    private static final int Q8_0 = 8;

    @TempDir private Path folder;

    @ParameterizedTest(name = "version {0}")
    @ValueSource(ints = {2, 3})
    void readsDimensionsOutermostFirstAndDataWhereItLies(int version) {
        FileBytes bytes = new FileBytes().u32(FileBytes.MAGIC).u32(version).u64(1).u64(0);
        bytes.tensor("w", F32, 0, 3, 2).pad(32);
        for (int i = 0; i < 6; i++) {
            bytes.u32(Float.floatToRawIntBits(i));
        }

        try (GgufFile file = GgufFile.open(write(bytes))) {
            Tensor tensor = file.require("w");
            assertThat(file.version()).isEqualTo(version);
            assertThat(tensor.shape()).isEqualTo(Shape.of(2, 3));
            assertThat(tensor.decode()).containsExactly(0, 1, 2, 3, 4, 5);
        }
    }

    @ParameterizedTest(name = "alignment {0}")
    @ValueSource(ints = {1, 7, 8, 64, 4096})
    void keepsToTheAlignmentOfTheFile(int alignment) {
        FileBytes bytes =
                FileBytes.gguf(2, 1)
                        .entry("general.alignment", alignment)
                        .tensor("a", F32, 0, 1)
                        .tensor("b", F32, 4L * alignment, 1)
                        .pad(alignment)
                        .u32(Float.floatToRawIntBits(1))
                        .zeros(4 * alignment - 4)
                        .u32(Float.floatToRawIntBits(2));

        try (GgufFile file = GgufFile.open(write(bytes))) {
            assertThat(file.alignment()).isEqualTo(alignment);
            assertThat(file.require("a").decode()).containsExactly(1);
            assertThat(file.require("b").decode()).containsExactly(2);
        }
    }

    @Test
    void readsTensorsBeyondTwoGibibytes() throws IOException {
        long far = 3L << 30;
        FileBytes bytes =
                FileBytes.gguf(2, 0).tensor("near", F32, 0, 1).tensor("far", F32, far, 1).pad(32);
        Path path = write(bytes);
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.seek(bytes.size() + far);
            sparse.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(42)));
        }

        try (GgufFile file = GgufFile.open(path)) {
            assertThat(file.require("far").decode()).containsExactly(42);
        }
    }

    @Test
    void readsNestedArrays() {
        FileBytes bytes = FileBytes.gguf(0, 1).string("nested").u32(9).u32(9).u64(2);
        bytes.u32(8).u64(2).string("a").string("b");
        bytes.u32(5).u64(1).u32(-7);

        try (GgufFile file = GgufFile.open(write(bytes))) {
            GgufValue.Array inner1 =
                    new GgufValue.Array(
                            GgufType.STRING,
                            List.of(new GgufValue.Text("a"), new GgufValue.Text("b")));
            GgufValue.Array inner2 =
                    new GgufValue.Array(
                            GgufType.INT32, List.of(new GgufValue.Whole(GgufType.INT32, -7)));
            assertThat(file.metadata().find("nested"))
                    .contains(new GgufValue.Array(GgufType.ARRAY, List.of(inner1, inner2)));
        }
    }

    @Test
    void findsStringsOfALongArrayInAnyOrder() {
        FileBytes bytes = FileBytes.gguf(0, 1).string("tokens").u32(9).u32(8).u64(1000);
        for (int i = 0; i < 1000; i++) {
            bytes.string("t" + i);
        }

        try (GgufFile file = GgufFile.open(write(bytes))) {
            List<String> tokens = file.metadata().strings("tokens").orElseThrow();
            for (int i = 999; i >= 0; i -= 7) {
                assertThat(tokens.get(i)).isEqualTo("t" + i);
            }
            assertThat(tokens).hasSize(1000).startsWith("t0", "t1").endsWith("t999");
        }
    }

    @Test
    void namesKeyPlaceAndTypesWhenMetadataHasAnotherType() {
        FileBytes bytes = FileBytes.gguf(0, 1).entry("llama.block_count", "sixteen");

        try (GgufFile file = GgufFile.open(write(bytes))) {
            assertThatThrownBy(() -> file.metadata().integer("llama.block_count"))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContainingAll(
                            "model.gguf", "llama.block_count", "an integer", "STRING");
            assertThatThrownBy(() -> file.metadata().requireInteger("llama.absent"))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining("'llama.absent', found none");
        }
    }

    @Test
    void refusesAnEmptyFile() {
        assertRefused(new FileBytes())
                .hasMessageContainingAll("byte 0", "4 bytes of magic", "0 left");
    }

    @Test
    void refusesAnotherMagic() {
        assertRefused(new FileBytes().raw("GGML".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContainingAll("byte 0", "expected the letters GGUF", "47474d4c");
    }

    @ParameterizedTest(name = "version {0}")
    @ValueSource(ints = {0, 1, 4, -1})
    void refusesOtherVersions(int version) {
        assertRefused(new FileBytes().u32(FileBytes.MAGIC).u32(version).u64(0).u64(0))
                .hasMessageContainingAll("byte 4", "expected GGUF version 2 or 3");
    }

    @Test
    void saysThatAFileIsBigEndian() {
        FileBytes bytes = new FileBytes().u32(FileBytes.MAGIC).u32(Integer.reverseBytes(3));

        assertRefused(bytes.zeros(16)).hasMessageContainingAll("byte 4", "big-endian", "version 3");
    }

    @Test
    void refusesMoreTensorsThanTheFileHasRoomFor() {
        assertRefused(FileBytes.gguf(1000, 0).zeros(240))
                .hasMessageContainingAll("byte 8", "number of tensors", "room in the file", "1000");
    }

    @Test
    void refusesAnAbsurdNumberOfKeysBeforeItAllocates() {
        assertRefused(FileBytes.gguf(0, -1))
                .hasMessageContainingAll("byte 16", "metadata keys", "18446744073709551615");
    }

    @Test
    void refusesAKeyLongerThanTheFile() {
        assertRefused(FileBytes.gguf(0, 1).u64(Long.MAX_VALUE).zeros(20))
                .hasMessageContainingAll("byte 24", "metadata key", "9223372036854775807");
    }

    @Test
    void refusesAnUnknownValueType() {
        assertRefused(FileBytes.gguf(0, 1).string("key").u32(13).zeros(8))
                .hasMessageContainingAll("byte 35", "value type from 0 to 12", "13");
    }

    @Test
    void refusesAnArrayLongerThanTheFile() {
        assertRefused(FileBytes.gguf(0, 1).string("ids").u32(9).u32(10).u64(1L << 61))
                .hasMessageContainingAll("number of elements in key 'ids'", "room in the file");
    }

    @Test
    void refusesArraysNestedWithoutEnd() {
        FileBytes bytes = FileBytes.gguf(0, 1).string("deep").u32(9);
        for (int i = 0; i < 1000; i++) {
            bytes.u32(9).u64(1);
        }

        assertRefused(bytes).hasMessageContaining("at most 8 arrays in each other");
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        assertRefused(FileBytes.gguf(0, 2).entry("key", 1).entry("key", 2))
                .hasMessageContainingAll("each key once", "'key' again");
    }

    @Test
    void refusesStringsThatAreNoUtf8() {
        FileBytes bytes =
                FileBytes.gguf(0, 1).string("name").u32(8).u64(2).raw((byte) 0xC3, (byte) 0x28);

        try (GgufFile file = GgufFile.open(write(bytes))) {
            assertThatThrownBy(() -> file.metadata().requireString("name"))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContainingAll("UTF-8", "byte 48");
        }
    }

    @Test
    void acceptsTheReplacementCharacterItself() {
        try (GgufFile file = GgufFile.open(write(FileBytes.gguf(0, 1).entry("name", "a\uFFFDb")))) {
            assertThat(file.metadata().requireString("name")).isEqualTo("a\uFFFDb");
        }
    }

    @Test
    void refusesAnAlignmentOfZero() {
        assertRefused(FileBytes.gguf(0, 1).entry("general.alignment", 0))
                .hasMessageContainingAll("general.alignment", "found 0");
    }

    @Test
    void refusesFiveDimensions() {
        assertRefused(FileBytes.gguf(1, 0).tensor("w", F32, 0, 1, 1, 1, 1, 1))
                .hasMessageContainingAll("at most 4 dimensions of 'w'", "found 5");
    }

    @Test
    void refusesDimensionsWhoseProductOverflows() {
        assertRefused(FileBytes.gguf(1, 0).tensor("w", F32, 0, 1L << 32, 1L << 32))
                .hasMessageContainingAll("fewer than 2^63 elements of 'w'", "4294967296");
        assertRefused(FileBytes.gguf(1, 0).tensor("w", F32, 0, 1L << 61, 2))
                .hasMessageContaining("a size of 'w' below 2^63");
        assertRefused(FileBytes.gguf(1, 0).tensor("w", F32, 0, -1)).hasMessageContaining("2^63");
    }

    @Test
    void refusesDimensionsThatOverflowBesideOneOfZero() {
        assertRefused(FileBytes.gguf(1, 0).tensor("w", F32, 0, 0, 1L << 32, 1L << 32))
                .hasMessageContainingAll("fewer than 2^63 elements of 'w'", "4294967296");
        assertRefused(FileBytes.gguf(1, 0).tensor("w", F32, 0, 1L << 32, 1L << 32, 0))
                .hasMessageContainingAll("fewer than 2^63 elements of 'w'", "4294967296");
    }

    @Test
    void refusesAFormatThatItDoesNotKnow() {
        assertRefused(FileBytes.gguf(1, 0).tensor("w", 4, 0, 32))
                .hasMessageContainingAll("a format of 'w'", "Q4_K", "unknown number 4");
    }

    @Test
    void refusesColumnsThatAreNoWholeBlocks() {
        assertRefused(FileBytes.gguf(1, 0).tensor("w", Q8_0, 0, 33))
                .hasMessageContainingAll("columns of 'w' in steps of 32 for Q8_0", "[33]");
    }

    @Test
    void refusesAnOffsetBesideTheAlignment() {
        assertRefused(FileBytes.gguf(1, 0).tensor("w", F32, 4, 1).pad(32).zeros(64))
                .hasMessageContainingAll("an offset of 'w' in steps of 32", "found 4");
    }

    @Test
    void refusesATensorBehindTheEndOfTheFile() {
        assertRefused(FileBytes.gguf(1, 0).tensor("w", F32, 0, 9).pad(32).zeros(35))
                .hasMessageContainingAll("'w' with 36 bytes at 0 of the data", "35 bytes of data");
        assertRefused(
                        FileBytes.gguf(1, 0)
                                .tensor("w", F32, Long.MAX_VALUE - 31, 1)
                                .pad(32)
                                .zeros(64))
                .hasMessageContaining("to lie in the file");
        assertRefused(FileBytes.gguf(1, 0).tensor("w", F32, 0, 1))
                .hasMessageContaining("0 bytes of data");
    }

    @Test
    void refusesTensorsThatOverlap() {
        FileBytes bytes = FileBytes.gguf(2, 0).tensor("a", F32, 0, 16).tensor("b", F32, 32, 16);

        assertRefused(bytes.pad(32).zeros(128))
                .hasMessageContainingAll("'b' to begin after the end of 'a'");
    }

    @Test
    void refusesATensorThatStandsTwice() {
        FileBytes bytes = FileBytes.gguf(2, 0).tensor("a", F32, 0, 1).tensor("a", F32, 32, 1);

        assertRefused(bytes.pad(32).zeros(64)).hasMessageContaining("each tensor once");
    }

    @Test
    void refusesATensorNameThatIsTooLong() {
        assertRefused(FileBytes.gguf(1, 0).tensor("w".repeat(65), F32, 0, 1).zeros(64))
                .hasMessageContainingAll("a length of a tensor name of at most 64", "found 65");
    }

    @Test
    void refusesTheFileCutShortAtEveryByte() {
        byte[] whole =
                FileBytes.gguf(2, 2)
                        .entry("general.name", "tiny")
                        .string("tokens")
                        .u32(9)
                        .u32(8)
                        .u64(2)
                        .string("a")
                        .string("b")
                        .tensor("a", F32, 0, 2, 2)
                        .tensor("b", Q8_0, 32, 32)
                        .pad(32)
                        .zeros(66)
                        .toArray();
        for (int length = 0; length < whole.length; length++) {
            assertRefused(new FileBytes().raw(Arrays.copyOf(whole, length)))
                    .hasMessageContainingAll("model.gguf", "byte ", "expected", "found");
        }
        GgufFile.open(write(new FileBytes().raw(whole))).close();
    }

    @Test
    void namesAnAbsentFileAndLinksInACircle() throws IOException {
        Path loop = folder.resolve("loop.gguf");
        Files.createSymbolicLink(loop, loop);

        assertThatThrownBy(() -> GgufFile.open(folder.resolve("absent.gguf")).close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("absent.gguf", "expected a readable file, found none");
        assertThatThrownBy(() -> GgufFile.open(loop).close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("loop.gguf", "Too many levels of symbolic links");
        assertThatThrownBy(() -> GgufFile.open(folder).close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("expected a file, found a folder");
    }

    @Test
    void endsAccessToTensorsWhenItIsClosed() {
        GgufFile file =
                GgufFile.open(write(FileBytes.gguf(1, 0).tensor("w", F32, 0, 1).pad(32).zeros(4)));
        Tensor tensor = file.require("w");
        file.close();

        assertThatThrownBy(tensor::decode).isInstanceOf(IllegalStateException.class);
    }

    private Path write(FileBytes bytes) {
        return bytes.write(folder.resolve("model.gguf"));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(FileBytes bytes) {
        Path path = write(bytes);
        return assertThatThrownBy(() -> GgufFile.open(path).close())
                .isInstanceOf(ModelFormatException.class);
    }
}
