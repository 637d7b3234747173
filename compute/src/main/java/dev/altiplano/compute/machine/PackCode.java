package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.Gpr.R10;
import static dev.altiplano.compute.x86.Gpr.R11;
import static dev.altiplano.compute.x86.Gpr.R8;
import static dev.altiplano.compute.x86.Gpr.R9;
import static dev.altiplano.compute.x86.Gpr.RAX;
import static dev.altiplano.compute.x86.Gpr.RCX;
import static dev.altiplano.compute.x86.Gpr.RDI;
import static dev.altiplano.compute.x86.Gpr.RDX;
import static dev.altiplano.compute.x86.Gpr.RSI;

import dev.altiplano.compute.machine.PanelLayout.Field;
import dev.altiplano.compute.x86.Assembler;
import dev.altiplano.compute.x86.Condition;
import dev.altiplano.compute.x86.Gpr;
import dev.altiplano.compute.x86.Label;
import dev.altiplano.compute.x86.Mem;
import java.util.List;

/**
 * Emits what moves whole rows into a panel, see {@link PanelLayout}. The function's signature in C:
 *
 * <pre>
 * void pack(const void *rows, void *panel, long blocks, long rowBytes)
 * </pre>
 */
final class PackCode {
    private static final int ROWS_PER_BASE = 8;

    private PackCode() {}

    static byte[] emit(int blockBytes, List<Field> fields, int rows) {
        Assembler code = new Assembler();
        code.lea(RAX, Mem.at(RCX, RCX, 2, 0)); // 3, 5 and 7 rows further on
        code.lea(R9, Mem.at(RCX, RCX, 4, 0));
        code.lea(R10, Mem.at(RAX, RCX, 4, 0));
        code.lea(R11, Mem.at(RDI, RCX, 8, 0));
        Label next = new Label();
        code.bind(next);
        int offset = 0;
        for (Field field : fields) {
            for (int i = 0; i < field.count(); i++) {
                for (int row = 0; row < rows; row++) {
                    int to = offset * rows + row * field.elementBytes();
                    move(code, field.elementBytes(), row(row).plus(offset), Mem.at(RSI, to));
                }
                offset += field.elementBytes();
            }
        }
        code.add(RDI, blockBytes);
        code.add(R11, blockBytes);
        code.add(RSI, blockBytes * rows);
        code.sub(RDX, 1);
        code.jump(Condition.NOT_EQUAL, next);
        code.ret();
        return code.toBytes();
    }

    /** The place of a row's block: all eight multiples can be had from four registers. */
    private static Mem row(int row) {
        Gpr base = row < ROWS_PER_BASE ? RDI : R11;
        return switch (row % ROWS_PER_BASE) {
            case 0 -> Mem.at(base);
            case 3 -> Mem.at(base, RAX, 1, 0);
            case 5 -> Mem.at(base, R9, 1, 0);
            case 6 -> Mem.at(base, RAX, 2, 0);
            case 7 -> Mem.at(base, R10, 1, 0);
            default -> Mem.at(base, RCX, row % ROWS_PER_BASE, 0); // 1, 2, 4
        };
    }

    private static void move(Assembler code, int bytes, Mem from, Mem to) {
        if (bytes == Short.BYTES) {
            code.loadShort(R8, from);
            code.storeShort(to, R8);
        } else {
            code.loadInt(R8, from);
            code.storeInt(to, R8);
        }
    }
}
