package dev.altiplano.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GgufSplitTest {
    private static final int UINT16 = 2;

    @TempDir private Path folder;

    @BeforeEach
    void writeThreeParts() {
        for (int part = 0; part < 3; part++) {
            writePart(part, 3, 3);
        }
    }

    private void writePart(int number, int count, int tensorCount) {
        FileBytes bytes = FileBytes.gguf(1, number == 0 ? 4 : 3);
        bytes.string("split.no").u32(UINT16).u8(number).u8(0);
        bytes.string("split.count").u32(UINT16).u8(count).u8(0);
        bytes.string("split.tensors.count").u32(GgufType.INT32.id()).u32(tensorCount);
        if (number == 0) {
            bytes.entry("general.name", "whole");
        }
        bytes.tensor("t" + number, 0, 0, 1).pad(32).u32(Float.floatToRawIntBits(number));
        bytes.write(part(number));
    }

    private Path part(int number) {
        return folder.resolve("model-%05d-of-00003.gguf".formatted(number + 1));
    }

    @ParameterizedTest(name = "part {0}")
    @ValueSource(ints = {0, 1, 2})
    void opensAllPartsFromAnyOne(int opened) {
        try (GgufFile file = GgufFile.open(part(opened))) {
            assertThat(file.fileCount()).isEqualTo(3);
            assertThat(file.metadata().requireString("general.name")).isEqualTo("whole");
            assertThat(file.tensors().stream().map(Tensor::name)).containsExactly("t0", "t1", "t2");
            assertThat(file.require("t2").decode()).containsExactly(2);
        }
    }

    @Test
    void namesTheMissingParts() throws IOException {
        Files.delete(part(0));
        Files.delete(part(2));

        assertThatThrownBy(() -> GgufFile.open(part(1)).close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll(
                        "2 missing", "model-00001-of-00003.gguf", "model-00003-of-00003.gguf");
    }

    @Test
    void refusesAPartWhoseNameDoesNotFit() throws IOException {
        Path renamed = Files.move(part(1), folder.resolve("part.gguf"));

        assertThatThrownBy(() -> GgufFile.open(renamed).close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("-00001-of-00003.gguf", "found part.gguf");
    }

    @Test
    void refusesPartsThatTradedPlaces() {
        writePart(2, 3, 3);
        FileBytes bytes = FileBytes.gguf(0, 2);
        bytes.string("split.no").u32(UINT16).u8(0).u8(0);
        bytes.string("split.count").u32(UINT16).u8(3).u8(0).write(part(1));

        assertThatThrownBy(() -> GgufFile.open(part(0)).close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("model-00002-of", "'split.no' to be 1", "found 0");
    }

    @Test
    void refusesPartsWithTooFewTensors() {
        writePart(0, 3, 4);

        assertThatThrownBy(() -> GgufFile.open(part(0)).close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("4 tensors in all 3 files", "found 3");
    }

    @Test
    void refusesAPartOfAnotherModel() {
        FileBytes bytes = FileBytes.gguf(0, 2);
        bytes.string("split.no").u32(UINT16).u8(1).u8(0);
        bytes.string("split.count").u32(UINT16).u8(5).u8(0).write(part(1));

        assertThatThrownBy(() -> GgufFile.open(part(0)).close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("'split.count' to be 3");
    }

    @Test
    void refusesAnAbsurdCount() {
        FileBytes bytes = FileBytes.gguf(0, 1).entry("split.count", 4_000_000_000L);
        bytes.write(part(0));

        assertThatThrownBy(() -> GgufFile.open(part(0)).close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("'split.count' from 1 to 999");
    }
}
