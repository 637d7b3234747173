package dev.altiplano.compute.x86;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class AssemblerTest {
    /** {@code encodings.txt} was written by {@link RecordEncodings} with GNU binutils 2.40. */
    @Test
    void encodesEveryInstructionAsBinutilsDoes() throws IOException {
        List<String> ours = new ArrayList<>();
        EncodingCases.all().forEach(found -> ours.add(found.hex() + " " + found.text()));

        assertThat(ours).isEqualTo(recorded());
    }

    private static List<String> recorded() throws IOException {
        try (InputStream file = AssemblerTest.class.getResourceAsStream("encodings.txt")) {
            return new String(
                            Objects.requireNonNull(file).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }

    @Test
    void jumpsForwardsAndBackwardsToWhereItsLabelsAre() {
        Assembler code = new Assembler();
        Label start = new Label();
        Label end = new Label();
        code.bind(start);
        code.jump(Condition.EQUAL, end);
        code.jump(start);
        code.bind(end);
        code.ret();

        assertThat(HexFormat.of().formatHex(code.toBytes())).isEqualTo("0f8405000000e9f5ffffffc3");
    }

    @Test
    void refusesAJumpToNowhereAndALabelInTwoPlaces() {
        Assembler code = new Assembler();
        Label label = new Label();
        code.jump(label);
        assertThatThrownBy(code::toBytes)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("never bound");

        code.bind(label);
        assertThatThrownBy(() -> code.bind(label))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one place only");
    }

    @Test
    void refusesWhatHasNoEncoding() {
        Assembler code = new Assembler();
        Vec zmm = Vec.zmm(1);
        Mem spread = Mem.at(Gpr.RDI).spread();

        assertThatThrownBy(() -> code.emit(VectorOp.VPMADDWD, zmm, zmm, spread))
                .hasMessageContaining("cannot broadcast");
        assertThatThrownBy(() -> code.emit(VectorOp.VMOVUPS, zmm, zmm, zmm))
                .hasMessageContaining("VMOVUPS: expected the operands of form TWO");
        assertThatThrownBy(() -> Mem.at(Gpr.RDI, Gpr.RSP, 1, 0)).hasMessageContaining("rsp");
        assertThatThrownBy(() -> Mem.at(Gpr.RDI, Gpr.RAX, 3, 0)).hasMessageContaining("scale");
    }
}
