package dev.altiplano.cli.plan;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.input.PlanKeys;
import dev.altiplano.planner.schema.Key;
import dev.altiplano.planner.schema.Shape;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What may follow {@code --set}: every key of a plan, with its words and the names of the catalogue
 * where it takes some. For the completion of shells; nothing is read before it is asked for.
 */
final class SettingCandidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return values("", PlanKeys.root(Catalog.builtIn())).distinct().sorted().iterator();
    }

    private static Stream<String> values(String path, Shape shape) {
        return switch (shape) {
            case Shape.Block block ->
                    block.keys().stream().flatMap(key -> values(child(path, key), key.shape()));
            case Shape.Either either ->
                    either.choices().stream().flatMap(choice -> values(path, choice));
            case Shape.Name name -> settings(path, name.names());
            case Shape.Words words -> settings(path, words.choices());
            case Shape.Flag flag -> settings(path, List.of("false", "true"));
            case Shape.Numeric number -> Stream.of(path + "=");
            case Shape.Text text -> Stream.of(path + "=");
            case Shape.Moment moment -> Stream.of(path + "=");
            case Shape.BoundedPower power -> Stream.of(path + "=");
            case Shape.ListOf list -> Stream.of(path + "=");
            case Shape.TableOf table -> Stream.of(path + "=");
        };
    }

    private static String child(String path, Key key) {
        return path.isEmpty() ? key.name() : path + "." + key.name();
    }

    private static Stream<String> settings(String path, List<String> values) {
        return values.stream().map(value -> path + "=" + value);
    }
}
