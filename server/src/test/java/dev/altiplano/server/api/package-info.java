/** Tests of the API's requests, answers and endpoints. */
@NullMarked
package dev.altiplano.server.api;

import org.jspecify.annotations.NullMarked;
