package dev.altiplano.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.ModelFormatException;
import org.junit.jupiter.api.Test;

final class JsonAtTest {
    private static final JsonAt CONFIG =
            JsonAt.root(
                    "config.json",
                    Json.parse(
                            "{\"rope\":{\"factor\":\"8\",\"low\":[1,2.5]},\"heads\":32,\"n\":null}"));

    @Test
    void readsTypedValues() {
        assertThat(CONFIG.require("heads").integer(1, 64)).isEqualTo(32);
        assertThat(CONFIG.require("rope").require("low").items().get(1).number()).isEqualTo(2.5);
        assertThat(CONFIG.require("rope").require("factor").string()).isEqualTo("8");
    }

    @Test
    void takesNullForAbsent() {
        assertThat(CONFIG.find("n")).isEmpty();
        assertThat(CONFIG.find("absent")).isEmpty();
    }

    @Test
    void namesFilePathExpectedAndFound() {
        assertThatThrownBy(() -> CONFIG.require("rope").require("factor").number())
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(
                        "config.json, rope.factor: expected a number, found \"8\". Mend the file or"
                                + " download it again.");
        assertThatThrownBy(() -> CONFIG.require("rope").require("low").items().get(1).integer(0, 9))
                .hasMessageContaining(
                        "rope.low[1]: expected a whole number from 0 to 9, found 2.5");
        assertThatThrownBy(() -> CONFIG.require("rope").require("high"))
                .hasMessageContaining("expected the key 'rope.high', found none");
    }
}
