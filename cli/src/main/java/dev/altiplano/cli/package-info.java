/**
 * The command line: one class for each verb, and the tables, progress bars and messages they share.
 * Open {@link dev.altiplano.cli.Altiplano} first. May use every module; nobody uses this one.
 */
@NullMarked
package dev.altiplano.cli;

import org.jspecify.annotations.NullMarked;
