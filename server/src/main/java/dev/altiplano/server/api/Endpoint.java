package dev.altiplano.server.api;

import java.io.IOException;

/** Handles the calls to one path. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Answers the call.
     *
     * @throws ApiException to be answered in OpenAI's error shape
     * @throws IOException when the connection breaks; nobody is left to be answered
     */
    void handle(HttpCall call) throws IOException;
}
