package dev.altiplano.cli;

import dev.altiplano.cli.hub.DefaultModel;
import dev.altiplano.engine.Engine;
import dev.altiplano.server.AltiplanoServer;
import dev.altiplano.server.ServerOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altiplano serve}: the chat page and the API, until Ctrl-C. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves a chat page and an OpenAI-compatible API on this machine.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano serve",
            "  altiplano serve model.gguf --port 9000 --parallel 16",
            "  altiplano serve bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M",
            "",
            "--host 0.0.0.0 lets every machine of the network in: there are no keys yet.",
        })
final class ServeCommand implements Runnable {
    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            defaultValue = DefaultModel.NAME,
            description = "File, folder or pulled name (${DEFAULT-VALUE}, fetched if need be).")
    private String model;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = ServerOptions.LOOPBACK,
            description = "Where to listen (${DEFAULT-VALUE}: this machine only).")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "${DEFAULT-VALUE} by default; 0 lets the system choose.")
    private int port;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "8",
            description = "How many answers at once; the others wait (${DEFAULT-VALUE}).")
    private int parallel;

    @Option(names = "--no-open", description = "Do not open the page in a browser.")
    private boolean noOpen;

    @Mixin private EngineFlags engineFlags;
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        Path path = Models.resolve(model, spec.commandLine().getErr());
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endAndAwait(end, closed)));
        try {
            serve(path, end);
        } finally {
            closed.countDown();
        }
    }

    /** Runs when the JVM is told to end: lets {@code serve} close what it opened. */
    private static void endAndAwait(CountDownLatch end, CountDownLatch closed) {
        end.countDown();
        try {
            closed.await();
        } catch (InterruptedException killed) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Path path, CountDownLatch end) {
        ServerOptions options =
                ServerOptions.defaults().withAddress(host, port).withModelName(servedName());
        try (Engine engine = engineFlags.open(path, parallel);
                AltiplanoServer server = AltiplanoServer.start(options, engine)) {
            announce(engine, "http://%s:%d".formatted(host, server.port()));
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** A pulled model keeps its name; a file is called by its own, without the ending. */
    private String servedName() {
        String fileName = String.valueOf(Path.of(model).getFileName());
        return Models.store().find(model).isPresent()
                ? model
                : fileName.replaceFirst("\\.gguf$", "");
    }

    private void announce(Engine engine, String url) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s on %s  (API: %s/v1, kernels: %s, KV cache: %s, Ctrl-C ends)%n",
                servedName(), url, url, engine.kernelTier(), engine.kvType());
        out.flush();
        if (!noOpen && Browser.isLikely(System.getenv(), System.getProperty("os.name"))) {
            Browser.open(url);
        }
    }
}
