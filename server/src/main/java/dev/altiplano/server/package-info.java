/**
 * The web server: listens, reads and writes HTTP, serves the page and its libraries from the class
 * path. Start at {@link dev.altiplano.server.AltiplanoServer}. The only package that knows Helidon;
 * the endpoints live in {@link dev.altiplano.server.api}. May use engine, model and compute.
 */
@NullMarked
package dev.altiplano.server;

import org.jspecify.annotations.NullMarked;
