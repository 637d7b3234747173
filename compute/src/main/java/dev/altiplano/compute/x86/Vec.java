package dev.altiplano.compute.x86;

import java.util.Locale;
import java.util.Objects;

/**
 * A vector register as an operand: its number, how much of it is used, and, for a destination under
 * AVX-512, which lanes are written.
 *
 * @param mask lanes whose bit is clear keep their value or, with {@code zeroing}, become zero
 */
public record Vec(int number, Width width, Mask mask, boolean zeroing) {
    /** How much of the register an instruction uses. */
    public enum Width {
        XMM(16, 0),
        YMM(32, 1),
        ZMM(64, 2);

        private final int bytes;
        private final int code;

        Width(int bytes, int code) {
            this.bytes = bytes;
            this.code = code;
        }

        /** The number in a prefix. */
        int code() {
            return code;
        }

        public int bytes() {
            return bytes;
        }

        /** 32-bit values in a register. */
        public int lanes() {
            return bytes / Integer.BYTES;
        }
    }

    /** Throws {@link IndexOutOfBoundsException} unless {@code number} is 0 to 31. */
    public Vec {
        Objects.checkIndex(number, 32);
    }

    public static Vec of(Width width, int number) {
        return new Vec(number, width, Mask.K0, false);
    }

    public static Vec xmm(int number) {
        return of(Width.XMM, number);
    }

    public static Vec ymm(int number) {
        return of(Width.YMM, number);
    }

    public static Vec zmm(int number) {
        return of(Width.ZMM, number);
    }

    /** The same register, used at another width. */
    public Vec as(Width width) {
        return of(width, number);
    }

    /** As a destination of which only the lanes of {@code mask} are written. */
    public Vec merging(Mask mask) {
        return new Vec(number, width, mask, false);
    }

    /** As a destination whose other lanes become zero. */
    public Vec zeroing(Mask mask) {
        return new Vec(number, width, mask, true);
    }

    /** As in assembly: {@code ymm3}, {@code zmm17{k1}{z}}. */
    @Override
    public String toString() {
        String name = width.name().toLowerCase(Locale.ROOT) + number;
        return name + (mask == Mask.K0 ? "" : "{" + mask + "}") + (zeroing ? "{z}" : "");
    }
}
