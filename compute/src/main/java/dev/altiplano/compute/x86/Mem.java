package dev.altiplano.compute.x86;

import java.util.Optional;

/**
 * A place in memory: {@code base + index · scale + displacement}.
 *
 * @param broadcast AVX-512: one element is read and spread over all lanes
 */
public record Mem(Gpr base, Optional<Gpr> index, int scale, int displacement, boolean broadcast) {
    /** Throws {@link IllegalArgumentException} for what no encoding can say. */
    public Mem {
        if (index.isPresent() && index.get() == Gpr.RSP) {
            throw new IllegalArgumentException("rsp cannot be an index");
        }
        if (scale != 1 && scale != 2 && scale != 4 && scale != 8) {
            throw new IllegalArgumentException("expected a scale of 1, 2, 4 or 8, found " + scale);
        }
    }

    public static Mem at(Gpr base) {
        return at(base, 0);
    }

    public static Mem at(Gpr base, int displacement) {
        return new Mem(base, Optional.empty(), 1, displacement, false);
    }

    public static Mem at(Gpr base, Gpr index, int scale, int displacement) {
        return new Mem(base, Optional.of(index), scale, displacement, false);
    }

    /** {@code bytes} further on. */
    public Mem plus(int bytes) {
        return new Mem(base, index, scale, Math.addExact(displacement, bytes), broadcast);
    }

    /** One element, spread over all lanes: AVX-512 only. */
    public Mem spread() {
        return new Mem(base, index, scale, displacement, true);
    }

    /** As in assembly: {@code [rdi+rcx*4+16]}. */
    @Override
    public String toString() {
        String scaled = index.map(register -> "+" + register + "*" + scale).orElse("");
        String offset = displacement == 0 ? "" : "%+d".formatted(displacement);
        return "[" + base + scaled + offset + "]";
    }
}
