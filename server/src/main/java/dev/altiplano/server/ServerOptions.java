package dev.altiplano.server;

import java.time.Duration;
import java.util.Set;

/**
 * How the server listens and what it allows.
 *
 * @param host the address to bind; only {@code 127.0.0.1} keeps other machines out
 * @param port 0 lets the system choose one
 * @param bodyBytesMax the largest request body
 * @param allowedHosts further names that a {@code Host} header may have, without port
 * @param headerTimeout from a request's first byte to the end of its headers
 * @param bodyTimeout from the end of the headers to the end of the body
 * @param idleTimeout how long a connection may wait for its next request
 * @param pingInterval an event stream that is silent for so long sends a comment
 */
public record ServerOptions(
        String host,
        int port,
        int bodyBytesMax,
        Set<String> allowedHosts,
        Duration headerTimeout,
        Duration bodyTimeout,
        Duration idleTimeout,
        Duration pingInterval) {
    public static final String LOOPBACK = "127.0.0.1";
    public static final int PORT = 8080;

    private static final int PORT_MAX = 65_535;

    public ServerOptions {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "port is %d, expected 0 to %d".formatted(port, PORT_MAX));
        }
        if (bodyBytesMax < 1) {
            throw new IllegalArgumentException(
                    "bodyBytesMax is %d, expected at least 1".formatted(bodyBytesMax));
        }
        allowedHosts = Set.copyOf(allowedHosts);
    }

    /** Loopback only, port 8080, bodies up to 32 MiB. */
    public static ServerOptions defaults() {
        return new ServerOptions(
                LOOPBACK,
                PORT,
                32 << 20,
                Set.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(75),
                Duration.ofSeconds(15));
    }

    public ServerOptions withAddress(String newHost, int newPort) {
        return new ServerOptions(
                newHost,
                newPort,
                bodyBytesMax,
                allowedHosts,
                headerTimeout,
                bodyTimeout,
                idleTimeout,
                pingInterval);
    }

    public ServerOptions withPort(int newPort) {
        return withAddress(host, newPort);
    }
}
