package dev.altiplano.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.planner.Planner;
import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.input.PlanKeys;
import dev.altiplano.planner.input.PlanReader;
import dev.altiplano.planner.schema.Key;
import dev.altiplano.planner.schema.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the Spanish page shows is Spanish: no common English word stands on it. */
final class SpanishPageTest {
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final Pattern SHOWN =
            Pattern.compile(">([^<]+)<|(?:aria-label|title|data-[a-z]+)=\"([^\"]+)\"");
    private static final Pattern ENGLISH =
            Pattern.compile(
                    "(?<![\\p{L}-])([Tt]he|of|and|with|is|are|was|from|by|at|for|which|its|than|not|"
                            + "one|each|this|that|nodes?|hours?|days?|power|chips? alone|tokens per|"
                            + "outside|under|over|would|it)(?![\\p{L}-])");

    /** Names of other people's works keep their language. */
    private static final Pattern TITLES =
            Pattern.compile("«[^»]*»|“[^”]*”|‘[^’]*’|&quot;.*?&quot;");

    @Test
    void thePageHasNoEnglishWords() {
        assertThat(english(new LivePage(CATALOG).html(Language.ES))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{model: llama-3.1-8b, training: {tokens: 1T}, cluster: {accelerator: mi300x, gpus: 64}}",
                "{model: llama-3.1-8b, training: {tokens: 22}, cluster: {accelerator: h100-sxm, gpus: 64}}",
                "{model: llama-4-maverick, training: {tokens: 22T}, cluster: {accelerator: h200-sxm, gpus: 4096}}",
                "{model: llama-3.1-405b, training: {tokens: 900T}, cluster: {accelerator: a100-sxm, gpus: 1024}}"
            })
    void aReportHasNoEnglishWords(String plan) {
        var input = new PlanReader(CATALOG).read("plan", plan, List.of());
        ReportPage page = new ReportPage(CATALOG, new Planner(1).plan(input));

        assertThat(english(page.selfContained(Language.ES))).isEmpty();
        assertThat(english(">" + page.markdown(Language.ES).replace('<', ' ') + "<")).isEmpty();
    }

    @Test
    void anImprobableNumberOfTokensIsToldInTheReadersLanguage() {
        String plan =
                "{model: llama-3.1-8b, training: {tokens: 22}, cluster: {accelerator: h100-sxm, gpus: 64}}";
        var input = new PlanReader(CATALOG).read("plan", plan, List.of());

        String page =
                new ReportPage(CATALOG, new Planner(1).plan(input)).selfContained(Language.ES);

        assertThat(page).contains("E402: 22 tokens dan una ejecución de");
    }

    @Test
    void everyKeyOfAPlanThatHasADefaultIsExplained() {
        List<String> keys = new ArrayList<>();
        addDefaults("", PlanKeys.root(CATALOG), keys);

        assertThat(keys.stream().map(key -> "key." + key))
                .isSubsetOf(Texts.of(Language.ES).messages().keySet());
    }

    private static void addDefaults(String path, Shape shape, List<String> keys) {
        switch (shape) {
            case Shape.Block block -> {
                for (Key key : block.keys()) {
                    String name = path.isEmpty() ? key.name() : path + "." + key.name();
                    if (key.fallback().isPresent()) {
                        keys.add(name);
                    }
                    addDefaults(name, key.shape(), keys);
                }
            }
            case Shape.Either either ->
                    either.choices().forEach(choice -> addDefaults(path, choice, keys));
            default -> {}
        }
    }

    @Test
    void everySourceHasATitleInBothLanguages() {
        assertThat(CATALOG.sources().keySet().stream().map(name -> "source." + name))
                .isSubsetOf(Texts.of(Language.ES).messages().keySet());
    }

    private static Set<String> english(String page) {
        String body = page.replaceAll("(?s)<(style|script)>.*?</\\1>", "");
        Set<String> found = new LinkedHashSet<>();
        Matcher shown = SHOWN.matcher(body);
        while (shown.find()) {
            String text = shown.group(1) == null ? shown.group(2) : shown.group(1);
            for (String line : text.split("\n", -1)) {
                String own = TITLES.matcher(line).replaceAll("");
                if (ENGLISH.matcher(own).find()) {
                    found.add(line.strip());
                }
            }
        }
        return found;
    }
}
