/**
 * Plans clusters on paper: compute, memory, network, failures, power, carbon and money of training
 * one model on one cluster, with bands and sources. The formulas live in the packages below, one
 * for each question; this one joins them. Depends on the JDK and the reader of plan files alone.
 */
@NullMarked
package dev.altiplano.planner;

import org.jspecify.annotations.NullMarked;
