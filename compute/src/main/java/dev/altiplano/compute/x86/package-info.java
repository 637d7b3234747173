/**
 * A small assembler for x86-64 and the memory that its code runs from. Open {@link
 * dev.altiplano.compute.x86.Assembler} first; {@link dev.altiplano.compute.x86.VectorOp} lists the
 * vector instructions, {@link dev.altiplano.compute.x86.ExecutableMemory} makes code callable.
 * Knows nothing of kernels.
 *
 * <p>Source of all encodings: Intel 64 and IA-32 Architectures Software Developer's Manual, volume
 * 2.
 */
@NullMarked
package dev.altiplano.compute.x86;

import org.jspecify.annotations.NullMarked;
