/** Real clients against a real server: what an application developer uses must work unchanged. */
@NullMarked
package dev.altiplano.server.client;

import org.jspecify.annotations.NullMarked;
