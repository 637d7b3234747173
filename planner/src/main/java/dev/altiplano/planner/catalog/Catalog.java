package dev.altiplano.planner.catalog;

import dev.altiplano.planner.quantity.Quantity;
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
    private static final String CARD = "card-";

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

    /**
     * What the model cards of {@code model}'s generation multiply energy at rated power by; empty
     * if no card gives it.
     */
    public Optional<Quantity> cardFactor(String model) {
        return figures.values().stream()
                .filter(figure -> figure.name().startsWith(CARD))
                .filter(figure -> isOfGeneration(model, figure.name().substring(CARD.length())))
                .map(Figure::value)
                .findFirst();
    }

    /** {@code llama-3} is not the generation of {@code llama-3.1-405b}. */
    private static boolean isOfGeneration(String model, String generation) {
        return model.equals(generation) || model.startsWith(generation + "-");
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
