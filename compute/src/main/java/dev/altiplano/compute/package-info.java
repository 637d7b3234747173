/**
 * Memory, worker team and kernels: what computes, and nothing about what a model is. Open {@link
 * dev.altiplano.compute.Kernels} first. May use the JDK only.
 */
@NullMarked
package dev.altiplano.compute;

import org.jspecify.annotations.NullMarked;
