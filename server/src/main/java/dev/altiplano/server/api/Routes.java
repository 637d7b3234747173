package dev.altiplano.server.api;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which endpoint answers which method and path. Clients that add {@code /v1} to a base address
 * which has it already (Spring AI) are met halfway: a doubled {@code /v1/v1} counts once.
 */
public final class Routes {
    private static final String DOUBLED = "/v1/v1/";

    private final List<Route> routes;

    public Routes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** The routes of the whole API. */
    public static Routes standard() {
        return new Routes(
                List.of(
                        new Route(
                                "GET",
                                "/health",
                                call -> Answers.json(call, new HealthResponse("ok")))));
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
