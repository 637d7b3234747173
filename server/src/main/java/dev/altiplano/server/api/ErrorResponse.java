package dev.altiplano.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of every error: {@code {"error": {"message", "type", "param", "code"}}}. */
public record ErrorResponse(Detail error) {
    static ErrorResponse of(
            @Nullable String message, String type, Optional<String> param, Optional<String> code) {
        return new ErrorResponse(new Detail(message == null ? type : message, type, param, code));
    }

    /** All four keys are always written, {@code param} and {@code code} as null when absent. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Detail(
            String message, String type, Optional<String> param, Optional<String> code) {}
}
