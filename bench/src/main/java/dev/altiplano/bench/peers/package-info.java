/**
 * Altiplano beside other engines, and beside what the machine allows. Start at {@link
 * dev.altiplano.bench.peers.Peers}, which {@code bench/peers/run} runs; {@link
 * dev.altiplano.bench.peers.Race} times, {@link dev.altiplano.bench.peers.Ceilings} measures the
 * machine, {@link dev.altiplano.bench.peers.PerformancePage} writes it down. May use everything
 * that computes; engines under test are processes of their own.
 */
@NullMarked
package dev.altiplano.bench.peers;

import org.jspecify.annotations.NullMarked;
