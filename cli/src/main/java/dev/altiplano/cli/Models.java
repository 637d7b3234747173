package dev.altiplano.cli;

import dev.altiplano.cli.hub.DefaultModel;
import dev.altiplano.cli.hub.ModelStore;
import dev.altiplano.cli.hub.Puller;
import dev.altiplano.cli.hub.StoredModel;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The models of this user: the store in {@code ALTIPLANO_HOME} and how it is filled. */
final class Models {
    private static final String HUB = "https://huggingface.co";

    private Models() {}

    static ModelStore store() {
        return new ModelStore(Home.models());
    }

    /** The model of the store that lies at {@code path}. */
    static StoredModel stored(Path path) {
        return store().list().stream()
                .filter(model -> model.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    static Puller puller(PrintWriter err) {
        String hub = Objects.requireNonNullElse(System.getenv("ALTIPLANO_HUB"), HUB);
        return new Puller(
                store(),
                URI.create(hub),
                Optional.ofNullable(System.getenv("HF_TOKEN")),
                List.of("python3"),
                new TerminalProgress(err));
    }

    /**
     * What {@code reference} means; a fresh machine fetches the default model when it is asked for.
     */
    static Path resolve(String reference, PrintWriter err) {
        boolean isDefault = reference.equals(DefaultModel.NAME);
        return isDefault && store().find(reference).isEmpty()
                ? puller(err).pull(DefaultModel.NAME)
                : store().resolve(reference);
    }
}
