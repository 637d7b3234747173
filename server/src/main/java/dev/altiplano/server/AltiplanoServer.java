package dev.altiplano.server;

import dev.altiplano.engine.Engine;
import dev.altiplano.server.api.Answers;
import dev.altiplano.server.api.ApiException;
import dev.altiplano.server.api.RequestIds;
import dev.altiplano.server.api.Routes;
import dev.altiplano.server.api.ServedModel;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A running server: the OpenAI-compatible API and the page. Each request runs on the virtual thread
 * of its connection. Closing it ends the running requests and frees the port; the engine stays the
 * caller's.
 */
public final class AltiplanoServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(AltiplanoServer.class.getName());

    /** Helidon tells of its own start, which is no news to the user; kept, as loggers are weak. */
    private static final java.util.logging.Logger HELIDON =
            java.util.logging.Logger.getLogger("io.helidon");

    /** How long clients have to read the end of their answers when the server stops. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final WebServer web;
    private final ServerOptions options;
    private final HostCheck hostCheck;
    private final RequestIds ids;
    private final HttpErrors httpErrors;
    private final Routes routes;
    private final OpenCalls openCalls = new OpenCalls();
    private final StaticPages pages = new StaticPages();

    private AltiplanoServer(ServerOptions options, RequestIds ids, Routes routes) {
        this.options = options;
        this.hostCheck = new HostCheck(options);
        this.ids = ids;
        this.httpErrors = new HttpErrors(ids, options.bodyBytesMax());
        this.routes = routes;
        this.web =
                WebServer.builder()
                        .host(options.host())
                        .port(options.port())
                        .shutdownHook(false)
                        // Each token is a packet: held back for an acknowledgement, it comes 40 ms
                        // late.
                        .connectionOptions(socket -> socket.tcpNoDelay(true))
                        .maxPayloadSize(options.bodyBytesMax())
                        .protocolsDiscoverServices(false)
                        .addConnectionSelector(new ClientConnections(options.timeouts()))
                        .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                        .directHandlers(httpErrors.handlers())
                        .routing(HttpRouting.builder().any(this::handle))
                        .build();
    }

    /**
     * Serves the engine's model until closed. The engine stays the caller's, to be closed after the
     * server.
     *
     * @throws ServerException when the address cannot be had, for example because the port is in
     *     use, or when the model has no tokenizer
     */
    public static AltiplanoServer start(ServerOptions options, Engine engine) {
        return start(options, new EngineServedModel(engine, options.modelName()));
    }

    /**
     * Serves a model until closed.
     *
     * @throws ServerException when the address cannot be had, for example because the port is in
     *     use
     */
    public static AltiplanoServer start(ServerOptions options, ServedModel model) {
        RequestIds ids = requestIds();
        return start(options, ids, Routes.of(model, ids, options.timeouts().ping()));
    }

    private static RequestIds requestIds() {
        return new RequestIds(InstantSource.system(), () -> ThreadLocalRandom.current().nextLong());
    }

    static AltiplanoServer start(ServerOptions options, Routes routes) {
        return start(options, requestIds(), routes);
    }

    private static AltiplanoServer start(ServerOptions options, RequestIds ids, Routes routes) {
        tryAddress(options);
        if (HELIDON.getLevel() == null) {
            HELIDON.setLevel(java.util.logging.Level.WARNING);
        }
        AltiplanoServer server = new AltiplanoServer(options, ids, routes);
        server.web.start();
        if (!server.web.isRunning()) {
            throw cannotListen(options, "the log above says why", Optional.empty());
        }
        return server;
    }

    /** Helidon does not throw when it cannot bind: it prints a stack trace. So we try first. */
    private static void tryAddress(ServerOptions options) {
        InetSocketAddress address = new InetSocketAddress(options.host(), options.port());
        if (address.isUnresolved()) {
            throw cannotListen(options, "there is no such host", Optional.empty());
        }
        try (ServerSocketChannel probe = ServerSocketChannel.open()) {
            probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            probe.bind(address);
        } catch (IOException e) {
            throw cannotListen(options, String.valueOf(e.getMessage()), Optional.of(e));
        }
    }

    private static ServerException cannotListen(
            ServerOptions options, String found, Optional<Throwable> cause) {
        return new ServerException(
                "Cannot listen on %s:%d: %s. Choose another address with --host and --port, or stop what uses this one."
                        .formatted(options.host(), options.port(), found),
                cause);
    }

    /** The port that is listened on. */
    public int port() {
        return web.port();
    }

    /** Where the page is, as a browser on this machine reaches it. */
    public URI uri() {
        boolean anywhere = options.host().equals("0.0.0.0") || options.host().equals("::");
        String host = anywhere ? ServerOptions.LOOPBACK : options.host();
        String literal = host.contains(":") ? '[' + host + ']' : host;
        return URI.create("http://%s:%d/".formatted(literal, port()));
    }

    /** Ends the answers under way, tells their clients so, and frees the port. */
    @Override
    public void close() {
        routes.endAnswers();
        try {
            openCalls.awaitNone(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        web.stop();
    }

    private void handle(ServerRequest request, ServerResponse response) {
        ClientReader clientReader = ClientConnection.CURRENT.get().clientReader();
        HelidonCall call =
                new HelidonCall(request, response, clientReader, httpErrors, ids.next("req_"));
        call.answerHeader("x-request-id", call.requestId());
        call.answerHeader("x-content-type-options", "nosniff");
        call.answerHeader("referrer-policy", "no-referrer");
        call.answerHeader("cross-origin-resource-policy", "same-origin");
        openCalls.begin();
        try {
            answer(call);
        } finally {
            openCalls.end();
            clientReader.requestDone();
        }
        call.closeIfLast();
    }

    /** The one place where exceptions become answers. */
    private void answer(HelidonCall call) {
        try {
            hostCheck.check(call);
            if (!routes.handle(call) && !pages.handle(call)) {
                throw ApiException.notFound("There is nothing at this path. See /v1/models.");
            }
        } catch (ApiException e) {
            Answers.error(call, e);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> call.requestId() + ": the client went away");
            throw new CloseConnectionException("the client went away", e);
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "request " + call.requestId() + " failed", e);
            if (call.isAnswered()) {
                throw new CloseConnectionException("failed in the middle of an answer", e);
            }
            Answers.error(call, ApiException.internalError(call.requestId()));
        }
    }
}
