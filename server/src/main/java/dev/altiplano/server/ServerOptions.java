package dev.altiplano.server;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How the server listens and what it allows. Begin with {@link #defaults} and change what matters.
 *
 * @param host the address to bind; only {@code 127.0.0.1} keeps other machines out
 * @param port 0 lets the system choose one
 * @param modelName what clients call the model; absent: what it calls itself
 * @param bodyBytesMax the largest request body
 * @param allowedHosts further names that a {@code Host} header may have, without port
 * @param timeouts how long it waits for clients
 */
public record ServerOptions(
        String host,
        int port,
        Optional<String> modelName,
        int bodyBytesMax,
        Set<String> allowedHosts,
        Timeouts timeouts) {
    public static final String LOOPBACK = "127.0.0.1";
    public static final int PORT = 8080;

    private static final int PORT_MAX = 65_535;

    /**
     * How long the server waits for clients.
     *
     * @param headers from a request's first byte to the end of its headers
     * @param body from the end of the headers to the end of the body
     * @param idle from one request of a connection to the next
     * @param write for a client to take a part of an answer
     * @param ping an event stream that is silent for so long sends a comment
     */
    public record Timeouts(
            Duration headers, Duration body, Duration idle, Duration write, Duration ping) {
        /** Ten seconds for headers, a minute for a body. */
        public static Timeouts defaults() {
            return new Timeouts(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(75),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(15));
        }

        public Timeouts withPing(Duration value) {
            return new Timeouts(headers, body, idle, write, value);
        }
    }

    /** Throws {@link IllegalArgumentException} that names the value out of range. */
    public ServerOptions {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "port: expected 0 to %d, found %d".formatted(PORT_MAX, port));
        }
        if (bodyBytesMax < 1) {
            throw new IllegalArgumentException(
                    "body bytes: expected 1 or more, found %d".formatted(bodyBytesMax));
        }
        allowedHosts = Set.copyOf(allowedHosts);
    }

    /** Loopback only, port 8080, bodies up to 32 MiB. */
    public static ServerOptions defaults() {
        return new ServerOptions(
                LOOPBACK, PORT, Optional.empty(), 32 << 20, Set.of(), Timeouts.defaults());
    }

    public ServerOptions withAddress(String newHost, int newPort) {
        return new ServerOptions(newHost, newPort, modelName, bodyBytesMax, allowedHosts, timeouts);
    }

    public ServerOptions withPort(int value) {
        return new ServerOptions(host, value, modelName, bodyBytesMax, allowedHosts, timeouts);
    }

    public ServerOptions withModelName(String value) {
        return new ServerOptions(
                host, port, Optional.of(value), bodyBytesMax, allowedHosts, timeouts);
    }

    public ServerOptions withBodyBytesMax(int value) {
        return new ServerOptions(host, port, modelName, value, allowedHosts, timeouts);
    }

    /** Names are compared in lower case. */
    public ServerOptions withAllowedHosts(Set<String> value) {
        return new ServerOptions(host, port, modelName, bodyBytesMax, value, timeouts);
    }

    public ServerOptions withTimeouts(Timeouts value) {
        return new ServerOptions(host, port, modelName, bodyBytesMax, allowedHosts, value);
    }
}
