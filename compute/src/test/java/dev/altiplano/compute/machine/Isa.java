package dev.altiplano.compute.machine;

import dev.altiplano.compute.x86.CpuFeatures;
import java.util.Arrays;
import java.util.stream.Stream;

/** The instruction sets of this machine. */
final class Isa {
    private Isa() {}

    static Stream<InstructionSet> available() {
        return CpuFeatures.detect().stream()
                .flatMap(
                        cpu ->
                                Arrays.stream(InstructionSet.values())
                                        .filter(
                                                isa ->
                                                        switch (isa) {
                                                            case AVX2 -> cpu.avx2();
                                                            case AVX512 ->
                                                                    cpu.avx512() && cpu.vnni();
                                                        }));
    }
}
