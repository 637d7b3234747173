package dev.altiplano.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a server's API as a plain client does: JSON in, JSON or events out. */
public final class ApiClient {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI base;

    public ApiClient(AltiplanoServer server) {
        this.base = server.uri();
    }

    /** An answer and its body as JSON. */
    public record Answer(int status, JsonNode body, HttpResponse<String> http) {
        /** The value at a JSON pointer. */
        public JsonNode at(String pointer) {
            return body.at(pointer);
        }

        public String text(String pointer) {
            return body.at(pointer).asString();
        }
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return json(HttpRequest.newBuilder(base.resolve(path)).build());
    }

    /** Single quotes in {@code body} stand for double ones. */
    public Answer post(String path, String body) throws IOException, InterruptedException {
        return json(request(path, body));
    }

    private static Answer json(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> http = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(http.statusCode(), JSON.readTree(http.body()), http);
    }

    /** The events' data in order, {@code [DONE]} among them. */
    public List<String> events(String path, String body) throws IOException, InterruptedException {
        return text(path, body)
                .body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    public HttpResponse<String> text(String path, String body)
            throws IOException, InterruptedException {
        return HTTP.send(request(path, body), HttpResponse.BodyHandlers.ofString());
    }

    /** What a GET brings, as it is. */
    public HttpResponse<String> text(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(base.resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public static JsonNode parse(String json) {
        return JSON.readTree(json);
    }

    /** {@code text} as a JSON string, with single quotes as {@link #post} reads them. */
    public static String quote(String text) {
        return JSON.writeValueAsString(text).replace('"', '\'');
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(base.resolve(path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
    }
}
