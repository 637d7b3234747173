package dev.altiplano.server;

import dev.altiplano.server.api.ApiException;
import dev.altiplano.server.api.HttpCall;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps foreign web pages out. A page on another site can make its visitor's browser call a server
 * on the visitor's own machine, either openly (the browser then names the page in {@code Origin})
 * or by letting its own name point to 127.0.0.1 (DNS rebinding; the browser then sends that name as
 * {@code Host}).
 *
 * <p>So: a server bound to loopback answers only when {@code Host} is a loopback name or address,
 * or one of {@link ServerOptions#allowedHosts}; a server bound elsewhere does so when allowed hosts
 * are given. Wherever it is bound, a request with an {@code Origin} must come from a page of this
 * same server. Programs that are no browser send no {@code Origin}.
 */
final class HostCheck {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final boolean limited;
    private final Set<String> allowedHosts;

    HostCheck(ServerOptions options) {
        this.allowedHosts = options.allowedHosts();
        this.limited = !allowedHosts.isEmpty() || isLoopback(options.host());
    }

    /** Throws 403 when the call comes from a place that may not call. */
    void check(HttpCall call) {
        String authority = call.header("host").orElse("").toLowerCase(Locale.ROOT);
        String host = withoutPort(authority);
        if (limited && !LOOPBACK_NAMES.contains(host) && !allowedHosts.contains(host)) {
            throw ApiException.forbidden(
                    "host_not_allowed",
                    "This server does not answer to the name '%s'. Call it as localhost, or start it with this name allowed."
                            .formatted(host));
        }
        Optional<String> origin = call.header("origin");
        if (origin.isPresent() && !isSameOrigin(origin.get(), authority)) {
            throw ApiException.forbidden(
                    "origin_not_allowed",
                    "Pages of '%s' may not call this server. Call it from its own page, or from a program."
                            .formatted(origin.get()));
        }
    }

    private static boolean isSameOrigin(String origin, String authority) {
        try {
            String caller = URI.create(origin.toLowerCase(Locale.ROOT)).getRawAuthority();
            return authority.equals(caller);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean insideBrackets = colon < authority.lastIndexOf(']');
        return colon < 0 || insideBrackets ? authority : authority.substring(0, colon);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
