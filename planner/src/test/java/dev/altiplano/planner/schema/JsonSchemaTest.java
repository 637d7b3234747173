package dev.altiplano.planner.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.file.DocumentReader;
import dev.altiplano.planner.file.Value;
import dev.altiplano.planner.input.PlanKeys;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class JsonSchemaTest {
    private static final Shape.Block ROOT = PlanKeys.root(Catalog.builtIn());

    @Test
    void printsEveryKeyOfThePlan() {
        Value.Mapping schema =
                (Value.Mapping) DocumentReader.read("schema", JsonSchema.print("A plan", ROOT));

        compare(schema, ROOT);
    }

    private static void compare(Value.Mapping schema, Shape.Block block) {
        Value.Mapping properties = child(schema, "properties");
        assertThat(List.copyOf(properties.entries().keySet()))
                .isEqualTo(block.keys().stream().map(Key::name).toList());
        for (Key key : block.keys()) {
            if (key.shape() instanceof Shape.Block nested) {
                compare(child(properties, key.name()), nested);
            }
        }
    }

    private static Value.Mapping child(Value.Mapping block, String key) {
        return (Value.Mapping) Objects.requireNonNull(block.entries().get(key));
    }
}
