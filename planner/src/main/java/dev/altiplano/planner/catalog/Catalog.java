package dev.altiplano.planner.catalog;

import dev.altiplano.planner.reliability.FailureProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the planner knows by name. Immutable.
 *
 * @param sources by the short name that fields use
 * @param figures constants and prices
 */
public record Catalog(
        Map<String, Source> sources,
        Map<String, Accelerator> accelerators,
        Map<String, NodeType> nodes,
        Map<String, Model> models,
        Map<String, Region> regions,
        Map<String, FailureProfile> profiles,
        Map<String, Figure> figures) {

    /** Loads the catalogue that is part of the program. */
    public static Catalog builtIn() {
        return new CatalogLoader().load();
    }

    /**
     * A figure of the built-in catalogue; a name that it does not have is a mistake of the caller.
     */
    public Figure figure(String name) {
        Figure figure = figures.get(name);
        if (figure == null) {
            throw new IllegalArgumentException("the catalogue has no figure " + name);
        }
        return figure;
    }

    /** The first node type that is built for {@code accelerator}. */
    public Optional<NodeType> nodeFor(String accelerator) {
        return nodes.values().stream()
                .filter(node -> node.accelerator().map(accelerator::startsWith).orElse(false))
                .findFirst();
    }

    /** The names of one kind, in the order of the catalogue. */
    public static List<String> names(Map<String, ?> kind) {
        return List.copyOf(kind.keySet());
    }
}
