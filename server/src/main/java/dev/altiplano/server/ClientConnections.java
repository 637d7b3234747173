package dev.altiplano.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** Makes a {@link ClientConnection} for each socket: HTTP/1.1 only, as Helidon speaks it. */
final class ClientConnections implements ServerConnectionSelector {
    static final int REQUEST_LINE_BYTES_MAX = 8 << 10;
    static final int HEADER_BYTES_MAX = 16 << 10;

    private final ServerOptions.Timeouts timeouts;
    private final Http1ConnectionSelector http1;

    ClientConnections(ServerOptions.Timeouts timeouts) {
        this.timeouts = timeouts;
        this.http1 =
                Http1ConnectionSelector.builder()
                        .config(
                                Http1Config.builder()
                                        .maxPrologueLength(REQUEST_LINE_BYTES_MAX)
                                        .maxHeadersSize(HEADER_BYTES_MAX)
                                        .addReceiveListener(new HeadersListener())
                                        .build())
                        .build();
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        ClientConnection connection = new ClientConnection(context, timeouts);
        return new ClientConnection.Bound(connection, http1.connection(connection));
    }

    /** Tells the connection's reader that the headers are complete. */
    private static final class HeadersListener implements Http1ConnectionListener {
        @Override
        public void headers(ConnectionContext context, Headers headers) {
            if (context instanceof ClientConnection connection) {
                connection.clientReader().headersRead();
            }
        }
    }
}
