/**
 * Models on this machine and how they get here: names, downloads that resume, checks, the folder.
 * Open {@link dev.altiplano.cli.hub.ModelStore} first, then {@link dev.altiplano.cli.hub.Puller}.
 * Knows no terminal: progress goes to an interface.
 */
@NullMarked
package dev.altiplano.cli.hub;

import org.jspecify.annotations.NullMarked;
