package dev.altiplano.model.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broken template ends in a text or in our exception, within its limits; nothing else. */
final class TemplateFuzzTest {
    private static final int MUTATIONS = 2_000;
    private static final TemplateLimits LIMITS = new TemplateLimits(100_000, 60, 50_000, 200_000);

    private static final Json.Obj SNIPPETS = Recorded.json("snippets.json");
    private static final Map<String, Value> VARIABLES =
            Recorded.variables((Json.Obj) SNIPPETS.find("variables").orElseThrow());
    private static final List<String> SOURCES = sources();

    private static final List<String> TOKENS =
            List.of(
                    "{{",
                    "}}",
                    "{%",
                    "%}",
                    "{#",
                    "#}",
                    "-",
                    "+",
                    "*",
                    "**",
                    "/",
                    "//",
                    "%",
                    "~",
                    "|",
                    "(",
                    ")",
                    "[",
                    "]",
                    "{",
                    "}",
                    ",",
                    ":",
                    ".",
                    "=",
                    "==",
                    "<",
                    ">=",
                    "'",
                    "\"",
                    "\\",
                    "\n",
                    " ",
                    "if",
                    "else",
                    "elif",
                    "endif",
                    "for",
                    "in",
                    "endfor",
                    "set",
                    "endset",
                    "macro",
                    "endmacro",
                    "call",
                    "endcall",
                    "filter",
                    "endfilter",
                    "is",
                    "not",
                    "and",
                    "or",
                    "loop",
                    "namespace()",
                    "range(9)",
                    "none",
                    "true",
                    "0",
                    "1",
                    "-1",
                    "1e308",
                    "99999999999",
                    "'%s'",
                    "[]",
                    "{}",
                    "()",
                    "caller()",
                    "map",
                    "select",
                    "sort",
                    "join",
                    "tojson",
                    "int",
                    "round",
                    "replace",
                    "slice",
                    "batch",
                    "messages",
                    "xs",
                    "d",
                    "s",
                    "uni",
                    "missing",
                    "\u0000",
                    "😀",
                    "\ud83d");

    private static List<String> sources() {
        List<String> sources = new ArrayList<>();
        for (Json.Obj snippet : Recorded.objects(SNIPPETS, "cases")) {
            sources.add(Recorded.string(snippet, "template"));
        }
        for (String name : List.of("llama-3.1", "llama-4", "mistral-nemo", "qwen2.5", "qwen3")) {
            sources.add(
                    new String(
                            Recorded.bytes("templates/" + name + ".jinja"),
                            StandardCharsets.UTF_8));
        }
        return sources;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void endsInATextOrOurException(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int texts = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            String template = mutate(random);
            try {
                Template.parse(template, LIMITS).render(VARIABLES, Recorded.CLOCK);
                texts++;
            } catch (ChatTemplateException refused) {
                assertThat(refused.problem()).isNotEmpty();
            } catch (RuntimeException | StackOverflowError broken) {
                throw new AssertionError("mutation %d: %s".formatted(i, template), broken);
            }
        }
        assertThat(texts).isBetween(MUTATIONS / 20, MUTATIONS);
    }

    private static String mutate(SplittableRandom random) {
        StringBuilder template = new StringBuilder(source(random));
        for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
            int at = random.nextInt(template.length() + 1);
            int end = Math.min(template.length(), at + random.nextInt(8));
            switch (random.nextInt(5)) {
                case 0 -> template.delete(at, end);
                case 1 -> template.insert(at, TOKENS.get(random.nextInt(TOKENS.size())));
                case 2 -> template.replace(at, end, TOKENS.get(random.nextInt(TOKENS.size())));
                case 3 -> template.insert(at, template.substring(at, end));
                default -> template.insert(at, source(random));
            }
        }
        return template.toString();
    }

    private static String source(SplittableRandom random) {
        return SOURCES.get(random.nextInt(SOURCES.size()));
    }
}
