package dev.altiplano.bench.peers;

import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.compute.x86.ExecutableMemory;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** A loop of {@link CeilingCode}, timed. */
final class CeilingLoop {
    private static final int TIMES = 15;

    private final MethodHandle loop;

    CeilingLoop(byte[] code) {
        this.loop = callable(code);
    }

    @SuppressWarnings("restricted") // calls our own code, which was just emitted
    private static MethodHandle callable(byte[] code) {
        MemorySegment address =
                ExecutableMemory.place(code)
                        .orElseThrow(() -> new IllegalStateException("no executable memory"));
        return Linker.nativeLinker()
                .downcallHandle(
                        address,
                        FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    }

    /**
     * 10⁹ units of work a second when all of {@code team} run the loop at once, each on its own
     * part of {@code data}.
     *
     * @param steps of each thread
     * @param workPerStep units
     */
    Spread measure(WorkerTeam team, MemorySegment data, long steps, double workPerStep) {
        int threads = team.threads();
        long partBytes = data.byteSize() / threads;
        double[] rates = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            team.run(
                    threads,
                    1,
                    (from, to, worker) -> {
                        for (int part = from; part < to; part++) {
                            call(data.address() + part * partBytes, steps);
                        }
                    });
            rates[i] = threads * steps * workPerStep / (System.nanoTime() - start);
        }
        return Spread.of(rates);
    }

    private void call(long address, long steps) {
        try {
            loop.invokeExact(address, steps);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
