package dev.altiplano.bench.peers;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.compute.x86.Pages;
import dev.altiplano.compute.x86.Vec.Width;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the machine can do at most, by the number of threads.
 *
 * @param instructions that the arithmetic was measured with
 */
record Ceilings(String instructions, Map<Integer, Roof> roofs) {
    private static final long READ_BYTES = 1L << 30;
    private static final long ARITHMETIC_STEPS = 2_000_000;

    /**
     * With one number of threads.
     *
     * @param readGigabytes GB/s from memory far larger than the caches
     * @param floatOperations 10⁹ f32 multiplications and additions a second
     * @param byteOperations 10⁹ the same of 8-bit integers, added in 16 bits with AVX2 and in 32
     *     with VNNI
     */
    record Roof(Spread readGigabytes, Spread floatOperations, Spread byteOperations) {}

    /** Measures with 1 and with {@code threads} threads; empty where there is no machine code. */
    static Optional<Ceilings> measure(int threads) {
        KernelTier best = KernelTier.best();
        return switch (best) {
            case SCALAR, VECTOR -> Optional.empty();
            case AVX2 -> Optional.of(measure("AVX2", Width.YMM, threads));
            case AVX512 -> Optional.of(measure("AVX-512 with VNNI", Width.ZMM, threads));
        };
    }

    private static Ceilings measure(String instructions, Width width, int threads) {
        CeilingLoop read = new CeilingLoop(CeilingCode.read());
        CeilingLoop floats = new CeilingLoop(CeilingCode.floats(width));
        CeilingLoop bytes = new CeilingLoop(CeilingCode.bytes(width));
        MemorySegment memory =
                Pages.map(READ_BYTES)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "expected 1 GiB of free memory, found less"));
        try {
            Pages.preferLarge(memory);
            memory.fill((byte) 1); // pages that were never written are all the same one
            Map<Integer, Roof> roofs = new LinkedHashMap<>();
            for (int count : threads == 1 ? new int[] {1} : new int[] {1, threads}) {
                try (WorkerTeam team = new WorkerTeam(count)) {
                    long readSteps = READ_BYTES / count / CeilingCode.READ_STEP_BYTES;
                    double sums = 2.0 * CeilingCode.SUMS;
                    roofs.put(
                            count,
                            new Roof(
                                    read.measure(
                                            team, memory, readSteps, CeilingCode.READ_STEP_BYTES),
                                    floats.measure(
                                            team, memory, ARITHMETIC_STEPS, sums * width.lanes()),
                                    bytes.measure(
                                            team, memory, ARITHMETIC_STEPS, sums * width.bytes())));
                }
            }
            return new Ceilings(instructions, roofs);
        } finally {
            Pages.unmap(memory);
        }
    }

    /** The most GB/s that were ever read with so many threads, if it was measured. */
    Optional<Double> readGigabytes(int threads) {
        return Optional.ofNullable(roofs.get(threads)).map(roof -> roof.readGigabytes().max());
    }

    /** With all threads that were measured. */
    Roof widest() {
        return roofs.entrySet().stream()
                .max(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .orElseThrow();
    }

    /** As a Markdown table. */
    String table() {
        StringBuilder text = new StringBuilder();
        text.append("| ceiling | threads | min | median | max |\n|---|---|---|---|---|\n");
        roofs.forEach(
                (threads, roof) -> {
                    row(text, "read, GB/s", threads, roof.readGigabytes());
                    row(text, "f32 multiply-add, GFLOP/s", threads, roof.floatOperations());
                    row(text, "int8 multiply-add, GOP/s", threads, roof.byteOperations());
                });
        return text.toString();
    }

    private static void row(StringBuilder text, String what, int threads, Spread spread) {
        text.append(
                String.format(
                        Locale.ROOT,
                        "| %s | %d | %.1f | %.1f | %.1f |\n",
                        what,
                        threads,
                        spread.min(),
                        spread.median(),
                        spread.max()));
    }
}
