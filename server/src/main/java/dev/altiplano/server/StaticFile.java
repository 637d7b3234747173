package dev.altiplano.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of the page, ready to be sent. Immutable: nobody writes to its bytes. */
final class StaticFile {
    private static final Pattern INLINE_SCRIPT =
            Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);
    private static final int ETAG_BYTES = 16;

    private final String contentType;
    private final byte[] bytes;
    private final String etag;
    private final String contentSecurityPolicy;

    StaticFile(String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes;
        this.etag = '"' + HexFormat.of().formatHex(Arrays.copyOf(sha256(bytes), ETAG_BYTES)) + '"';
        this.contentSecurityPolicy = contentSecurityPolicy(contentType, bytes);
    }

    String contentType() {
        return contentType;
    }

    byte[] bytes() {
        return bytes;
    }

    /** The quoted start of the content's SHA-256. */
    String etag() {
        return etag;
    }

    /**
     * What the file may load as a page: only what this server sends. Inline scripts (an import map
     * can be nothing else) are allowed by their hashes.
     */
    String contentSecurityPolicy() {
        return contentSecurityPolicy;
    }

    private static String contentSecurityPolicy(String contentType, byte[] bytes) {
        StringBuilder scripts = new StringBuilder("'self'");
        if (contentType.startsWith("text/html")) {
            Matcher inline = INLINE_SCRIPT.matcher(new String(bytes, StandardCharsets.UTF_8));
            while (inline.find()) {
                byte[] hash = sha256(inline.group(1).getBytes(StandardCharsets.UTF_8));
                scripts.append(" 'sha256-")
                        .append(Base64.getEncoder().encodeToString(hash))
                        .append('\'');
            }
        }
        return "default-src 'self'; script-src %s; style-src 'self'; img-src 'self' data:;"
                        .formatted(scripts)
                + " object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
