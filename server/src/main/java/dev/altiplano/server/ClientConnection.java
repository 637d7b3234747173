package dev.altiplano.server;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * One client's connection: Helidon's own, with our {@link ClientReader} and {@link ClientWriter} in
 * place of its own. The handler of a request finds its connection in {@link #CURRENT}.
 */
final class ClientConnection implements ConnectionContext {
    /** The connection of the request that this thread handles. */
    static final ScopedValue<ClientConnection> CURRENT = ScopedValue.newInstance();

    private final ConnectionContext inner;
    private final ClientReader clientReader;
    private final DataReader dataReader;
    private final DataWriter dataWriter;

    ClientConnection(ConnectionContext inner, ServerOptions.Timeouts timeouts) {
        this.inner = inner;
        this.clientReader = new ClientReader(inner.serverSocket(), timeouts);
        this.dataReader = DataReader.create(clientReader);
        this.dataWriter = new ClientWriter(inner.dataWriter(), inner.serverSocket(), timeouts);
    }

    ClientReader clientReader() {
        return clientReader;
    }

    @Override
    public DataReader dataReader() {
        return dataReader;
    }

    @Override
    public ListenerContext listenerContext() {
        return inner.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return inner.executor();
    }

    @Override
    public DataWriter dataWriter() {
        return dataWriter;
    }

    @Override
    public Router router() {
        return inner.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return inner.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return inner.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return inner.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return inner.localPeer();
    }

    @Override
    public boolean isSecure() {
        return inner.isSecure();
    }

    @Override
    public String socketId() {
        return inner.socketId();
    }

    @Override
    public String childSocketId() {
        return inner.childSocketId();
    }

    /** Runs Helidon's HTTP/1.1 connection with this connection as the current one. */
    record Bound(ClientConnection connection, ServerConnection http1)
            implements ServerConnection, InterruptableTask<Void> {
        @Override
        public void handle(Limit limit) throws InterruptedException {
            ScopedValue.where(CURRENT, connection)
                    .<Void, InterruptedException>call(
                            () -> {
                                try {
                                    http1.handle(limit);
                                } finally {
                                    connection.clientReader.drainIfAsked();
                                }
                                return null;
                            });
        }

        @Override
        public Duration idleTime() {
            return http1.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            http1.close(interrupt);
        }

        @Override
        public boolean canInterrupt() {
            return http1 instanceof InterruptableTask<?> task && task.canInterrupt();
        }
    }
}
