package dev.altiplano.cli;

import dev.altiplano.engine.Engine;
import dev.altiplano.engine.EngineOptions;
import dev.altiplano.server.AltiplanoServer;
import dev.altiplano.server.ServerOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The run that teaches the AOT cache which classes a start loads: the help pages and a tokenizer
 * for the verbs that only look, one answer in a pipe and one over HTTP for those that compute. It
 * ends by itself, as the cache is written when the JVM leaves.
 */
final class StartupTraining {
    private static final String REQUEST =
            """
            {"model": "startup", "stream": true, "max_tokens": 8,
             "messages": [{"role": "user", "content": "the"}]}""";

    private StartupTraining() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean computes = arguments.length == 1 && arguments[0].equals("computing");
        Path folder = Files.createTempDirectory("altiplano-startup");
        Path model = folder.resolve("startup.gguf");
        try {
            StartupModel.write(model);
            if (computes) {
                chat(model);
                serve(model);
            } else {
                Altiplano.execute("--help");
                Altiplano.execute("models");
                Altiplano.execute("plan", "--help");
                Altiplano.execute("tokenize", "--model", model.toString(), "the");
            }
        } finally {
            Files.deleteIfExists(model);
            Files.delete(folder);
        }
        System.exit(0); // as every start ends
    }

    private static void chat(Path model) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("the".getBytes(StandardCharsets.UTF_8)));
        try {
            Altiplano.execute("chat", model.toString(), "-", "--max-tokens", "8");
        } finally {
            System.setIn(before);
        }
    }

    private static void serve(Path model) throws IOException, InterruptedException {
        ServerOptions options = ServerOptions.defaults().withPort(0);
        try (Engine engine = Engine.open(model, EngineOptions.defaults());
                AltiplanoServer server = AltiplanoServer.start(options, engine);
                HttpClient client = HttpClient.newHttpClient()) {
            URI url =
                    URI.create("http://127.0.0.1:%d/v1/chat/completions".formatted(server.port()));
            HttpRequest request =
                    HttpRequest.newBuilder(url)
                            .header("content-type", "application/json")
                            .POST(BodyPublishers.ofString(REQUEST))
                            .build();
            client.send(request, BodyHandlers.ofString());
        }
    }
}
