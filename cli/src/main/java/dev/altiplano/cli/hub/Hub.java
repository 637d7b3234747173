package dev.altiplano.cli.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Hugging Face hub: lists the files of a repository and opens them for reading, from any byte on.
 *
 * <p>The access token goes to the hub's own host only, never to where it redirects.
 */
final class Hub {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final int LISTING_BYTES_MAX = 16 << 20;
    private static final int REDIRECTS_MAX = 5;

    private final URI base;
    private final Optional<String> token;
    private final HttpClient client;

    Hub(URI base, Optional<String> token) {
        this.base = base;
        this.token = token;
        this.client =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    URI base() {
        return base;
    }

    /** The files of a repository, with the sizes and sums that the hub states. */
    List<RemoteFile> list(ModelName name) throws IOException {
        URI uri =
                base.resolve(
                        "/api/models/%s/%s/revision/%s?blobs=true"
                                .formatted(name.owner(), name.repository(), name.revision()));
        HttpResponse<InputStream> response = get(uri, 0);
        try (InputStream body = response.body()) {
            refuseUnlessFound(response, name.toString());
            byte[] listing = body.readNBytes(LISTING_BYTES_MAX);
            List<RemoteFile> files = new ArrayList<>();
            for (JsonNode file : JsonMapper.shared().readTree(listing).path("siblings")) {
                files.add(
                        new RemoteFile(
                                file.path("rfilename").asString(""),
                                file.path("size").asLong(0),
                                file.path("lfs").path("sha256").asStringOpt()));
            }
            return files;
        } catch (JacksonException failure) {
            throw new PullException(
                    "%s: expected a list of files as JSON, found: %s. Is ALTIPLANO_HUB a hub?"
                            .formatted(uri, failure.getOriginalMessage()),
                    failure);
        }
    }

    /**
     * Opens a file from byte {@code offset} on. The status tells whether the hub kept to it: 206
     * from the offset, 200 from the start, 416 if the offset lies at or behind the end.
     */
    HttpResponse<InputStream> open(ModelName name, RemoteFile file, long offset)
            throws IOException {
        HttpResponse<InputStream> response =
                get(
                        base.resolve(
                                "/%s/%s/resolve/%s/%s"
                                        .formatted(
                                                name.owner(),
                                                name.repository(),
                                                name.revision(),
                                                file.path())),
                        offset);
        if (response.statusCode() != 416) {
            refuseUnlessFound(response, name + ", file " + file.path());
        }
        return response;
    }

    private HttpResponse<InputStream> get(URI start, long offset) throws IOException {
        URI uri = start;
        for (int redirect = 0; redirect <= REDIRECTS_MAX; redirect++) {
            HttpResponse<InputStream> response = send(request(uri, offset));
            Optional<String> location = response.headers().firstValue("location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return response;
            }
            response.body().close();
            URI next = uri.resolve(location.get());
            if ("https".equals(uri.getScheme()) && !"https".equals(next.getScheme())) {
                throw new PullException(
                        "%s: expected a redirection to https, found %s. Try again later."
                                .formatted(uri, next.getScheme()));
            }
            uri = next;
        }
        throw new PullException(
                "%s: expected at most %d redirections, found more. Try again later."
                        .formatted(start, REDIRECTS_MAX));
    }

    private HttpRequest request(URI uri, long offset) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .timeout(ANSWER_TIMEOUT)
                        .header("User-Agent", "altiplano");
        if (offset > 0) {
            request.header("Range", "bytes=" + offset + "-");
        }
        if (uri.getAuthority().equals(base.getAuthority())) {
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        }
        return request.build();
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PullException("the download was stopped; pull again to go on.", stopped);
        }
    }

    private static void refuseUnlessFound(HttpResponse<InputStream> response, String what)
            throws IOException {
        int status = response.statusCode();
        if (status == 200 || status == 206) {
            return;
        }
        response.body().close();
        if (status == 401 || status == 403) {
            throw new PullException(
                    "%s: the hub answered %d. The model does not exist or asks for access: accept its licence on the hub and set HF_TOKEN."
                            .formatted(what, status));
        }
        if (status == 404) {
            throw new PullException(
                    "%s: the hub knows no such model or file (404). Check the name."
                            .formatted(what));
        }
        throw new IOException("%s: the hub answered status %d".formatted(what, status));
    }
}
