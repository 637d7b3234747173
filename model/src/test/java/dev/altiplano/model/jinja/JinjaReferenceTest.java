package dev.altiplano.model.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every recorded snippet comes out as jinja2 renders it; see the README beside the data. */
final class JinjaReferenceTest {
    @Test
    void rendersEverySnippetAsJinja2Does() {
        Json.Obj recorded = Recorded.json("snippets.json");
        Map<String, Value> variables =
                Recorded.variables((Json.Obj) recorded.find("variables").orElseThrow());
        List<Json.Obj> snippets = Recorded.objects(recorded, "cases");
        List<String> differences = new ArrayList<>();

        for (Json.Obj snippet : snippets) {
            String template = Recorded.string(snippet, "template");
            String expected = Recorded.expected(snippet);
            String found = Recorded.outcome(template, variables);
            if (!expected.equals(found)) {
                differences.add(
                        "%s%n  expected %s%n  found    %s".formatted(template, expected, found));
            }
        }

        assertThat(snippets).hasSizeGreaterThan(1_000);
        assertThat(differences).isEmpty();
    }
}
