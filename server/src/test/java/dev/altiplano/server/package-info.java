/** Tests of the server over real sockets. */
@NullMarked
package dev.altiplano.server;

import org.jspecify.annotations.NullMarked;
