package dev.altiplano.compute.x86;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/**
 * What this processor can do and what the system lets a process use. Source: Intel SDM volume 2,
 * CPUID; volume 1, 13.2 (XGETBV).
 *
 * @param avx2 with FMA and F16C
 * @param avx512 F, BW, DQ and VL
 * @param vnni the 8-bit dot products of AVX-512
 */
public record CpuFeatures(boolean avx2, boolean avx512, boolean vnni) {
    private static final int YMM_STATE = 0x06;
    private static final int ZMM_STATE = 0xE6;

    /** The answer's four registers. */
    private record Leaf(int eax, int ebx, int ecx, int edx) {
        boolean hasEbx(int... bits) {
            return has(ebx, bits);
        }

        boolean hasEcx(int... bits) {
            return has(ecx, bits);
        }

        private static boolean has(int register, int... bits) {
            for (int bit : bits) {
                if (((register >>> bit) & 1) == 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Asks the processor. Empty where it cannot be asked: on another kind of processor, on Windows,
     * and where the system forbids executable memory.
     */
    public static Optional<CpuFeatures> detect() {
        return isX86OnUnix()
                ? ExecutableMemory.place(code()).map(CpuFeatures::ask)
                : Optional.empty();
    }

    /** Whether machine code of ours could run, if the system allows it. */
    public static boolean isX86OnUnix() {
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return (processor.equals("amd64") || processor.equals("x86_64"))
                && !system.contains("windows");
    }

    /** {@code void ask(int leaf, int *answer)}: a leaf below 0 asks for XCR0 instead. */
    private static byte[] code() {
        Assembler code = new Assembler();
        Label xcr0 = new Label();
        Label store = new Label();
        code.push(Gpr.RBX);
        code.mov(Gpr.R8, Gpr.RSI);
        code.mov(Gpr.RCX, 0);
        code.cmp(Gpr.RDI, 0);
        code.jump(Condition.LESS, xcr0);
        code.mov(Gpr.RAX, Gpr.RDI);
        code.cpuid();
        code.jump(store);
        code.bind(xcr0);
        code.xgetbv();
        code.bind(store);
        code.storeInt(Mem.at(Gpr.R8, 0), Gpr.RAX);
        code.storeInt(Mem.at(Gpr.R8, 4), Gpr.RBX);
        code.storeInt(Mem.at(Gpr.R8, 8), Gpr.RCX);
        code.storeInt(Mem.at(Gpr.R8, 12), Gpr.RDX);
        code.pop(Gpr.RBX);
        code.ret();
        return code.toBytes();
    }

    @SuppressWarnings("restricted") // calls our own code, which was just emitted
    private static CpuFeatures ask(MemorySegment code) {
        MethodHandle function =
                Linker.nativeLinker()
                        .downcallHandle(
                                code,
                                FunctionDescriptor.ofVoid(
                                        ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        int highest = ask(function, 0).eax();
        Leaf basic = ask(function, 1);
        boolean savesVectors = basic.hasEcx(27); // OSXSAVE
        int saved = savesVectors ? ask(function, -1).eax() : 0;
        if (highest < 7 || (saved & YMM_STATE) != YMM_STATE) {
            return new CpuFeatures(false, false, false);
        }
        Leaf extended = ask(function, 7);
        boolean avx2 = basic.hasEcx(12, 28, 29) && extended.hasEbx(5); // FMA, AVX, F16C; AVX2
        boolean avx512 =
                avx2
                        && (saved & ZMM_STATE) == ZMM_STATE
                        && extended.hasEbx(16, 17, 30, 31); // F, DQ, BW, VL
        return new CpuFeatures(avx2, avx512, avx512 && extended.hasEcx(11));
    }

    private static Leaf ask(MethodHandle function, long leaf) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(ValueLayout.JAVA_INT, 4);
            function.invokeExact(leaf, answer);
            int[] registers = answer.toArray(ValueLayout.JAVA_INT);
            return new Leaf(registers[0], registers[1], registers[2], registers[3]);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
