/**
 * The HTTP API in OpenAI's shapes: one handler, one request record and one response record for each
 * endpoint, all behind {@link dev.altiplano.server.api.HttpCall}. Start at {@link
 * dev.altiplano.server.api.Routes}. May use engine, model, compute, planner and Jackson; knows no
 * web server.
 */
@NullMarked
package dev.altiplano.server.api;

import org.jspecify.annotations.NullMarked;
