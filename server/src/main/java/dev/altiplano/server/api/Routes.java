package dev.altiplano.server.api;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * Which endpoint answers which method and path. Clients that add {@code /v1} to a base address
 * which has it already (Spring AI) are met halfway: a doubled {@code /v1/v1} counts once.
 */
public final class Routes {
    private static final String DOUBLED = "/v1/v1/";

    private final List<Route> routes;
    private final RunningAnswers running;

    public Routes(List<Route> routes) {
        this(routes, new RunningAnswers());
    }

    private Routes(List<Route> routes, RunningAnswers running) {
        this.routes = List.copyOf(routes);
        this.running = running;
    }

    /**
     * The routes of the whole API for one model, and of the planner's page.
     *
     * @param pingInterval an event stream that is silent for so long sends a comment
     */
    public static Routes of(ServedModel model, RequestIds ids, Duration pingInterval) {
        InstantSource clock = InstantSource.system();
        ServerMetrics metrics = new ServerMetrics(model.name(), model::stats);
        RunningAnswers running = new RunningAnswers();
        ApiContext context =
                new ApiContext(
                        model,
                        metrics,
                        running,
                        ids,
                        clock,
                        clock.instant().getEpochSecond(),
                        () -> ThreadLocalRandom.current().nextLong(),
                        pingInterval);
        Models models = new Models(context);
        List<Route> routes =
                new ArrayList<>(
                        List.of(
                                new Route(
                                        "POST",
                                        "/v1/chat/completions",
                                        new ChatCompletions(context)),
                                new Route("POST", "/v1/completions", new Completions(context)),
                                new Route("GET", "/v1/models", models::list),
                                new Route("GET", "/v1/models/*", models::one),
                                new Route("POST", "/tokenize", new Tokenize(context)),
                                new Route("POST", "/detokenize", new Detokenize(context)),
                                new Route("GET", "/health", new Health(model)),
                                new Route("GET", "/metrics", new Metrics(metrics))));
        routes.addAll(new PlanPages().routes());
        return new Routes(routes, running);
    }

    /**
     * One method and path; a path that ends in {@code /*} takes whatever follows, if anything does.
     */
    public record Route(String method, String path, Endpoint endpoint) {
        boolean matches(String called) {
            if (path.endsWith("/*")) {
                int prefix = path.length() - 1;
                return called.length() > prefix && called.startsWith(path.substring(0, prefix));
            }
            return path.equals(called);
        }

        boolean takes(String calledMethod) {
            return method.equals(calledMethod)
                    || (method.equals("GET") && calledMethod.equals("HEAD"));
        }
    }

    /** The server stops: every answer ends now, and its client is told so. */
    public void endAnswers() {
        running.end();
    }

    /** The path with a doubled {@code /v1} made single. */
    static String single(String path) {
        return path.startsWith(DOUBLED) ? path.substring("/v1".length()) : path;
    }

    /**
     * Answers the call if its path is one of ours.
     *
     * @return false when the path is not ours; nothing was answered then
     * @throws ApiException 405 when the path does not take the method
     */
    public boolean handle(HttpCall call) throws IOException {
        String path = single(call.path());
        List<Route> ofPath = routes.stream().filter(route -> route.matches(path)).toList();
        if (ofPath.isEmpty()) {
            return false;
        }
        Optional<Route> taken =
                ofPath.stream().filter(route -> route.takes(call.method())).findFirst();
        if (taken.isEmpty()) {
            String allow =
                    ofPath.stream().map(Route::method).sorted().collect(Collectors.joining(", "));
            throw ApiException.methodNotAllowed(call.method(), path, allow);
        }
        taken.get().endpoint().handle(call);
        return true;
    }
}
