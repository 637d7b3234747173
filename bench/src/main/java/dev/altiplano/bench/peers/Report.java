package dev.altiplano.bench.peers;

import dev.altiplano.model.json.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that a run found, for people and for programs.
 *
 * @param note how it was run, in the words of whoever ran it; may be empty
 */
record Report(
        Processor processor,
        LocalDate date,
        String note,
        Plan plan,
        Results results,
        Optional<Ceilings> ceilings) {

    String table() {
        return ResultTable.of(comparisons(), results.failures(), ceilings);
    }

    private List<Comparison> comparisons() {
        return Comparison.of(results);
    }

    /** The section of the page of measurements. */
    String section() {
        String picture =
                ceilings.map(known -> "![Roofline](%s)\n\n".formatted(pictureName())).orElse("");
        String roofs = ceilings.map(Report::roofs).orElse("");
        return """
               ### %s

               %s, JDK %s, %d rounds, engines in turn. %s

               %s

               %s%s%s\
               """
                .formatted(
                        processor,
                        date,
                        Runtime.version(),
                        plan.rounds(),
                        note,
                        engines(),
                        picture,
                        roofs,
                        table());
    }

    private static String roofs(Ceilings ceilings) {
        return "Ceilings of this machine with %s:\n\n%s\n"
                .formatted(ceilings.instructions(), ceilings.table());
    }

    private String engines() {
        return plan.contenders().stream()
                .map(
                        engine ->
                                "- %s: `%s`, build %s"
                                        .formatted(
                                                engine.name(),
                                                engine.settings(),
                                                results.builds()
                                                        .getOrDefault(engine.name(), "unknown")))
                .collect(Collectors.joining("\n"));
    }

    String pictureName() {
        return "performance-" + processor.slug() + ".svg";
    }

    /** With the most threads; empty where the ceilings are unknown. */
    Optional<String> picture() {
        int threads = plan.threads().stream().mapToInt(Integer::intValue).max().orElseThrow();
        String title = "%s, %d threads, %s".formatted(processor.name(), threads, date);
        return ceilings.map(known -> Roofline.svg(title, known, comparisons(), threads));
    }

    String json() {
        List<Map<String, Object>> items = new ArrayList<>();
        for (Results.Setting setting : results.settings()) {
            results.samples(setting)
                    .forEach(
                            (engine, rounds) -> {
                                Map<String, Object> item = new LinkedHashMap<>();
                                item.put("processor", processor.name());
                                item.put("date", date.toString());
                                item.put("model", setting.subject().name());
                                item.put("test", setting.workload().toString());
                                item.put("threads", setting.threads());
                                item.put("engine", engine);
                                item.put(
                                        "tokens_per_s",
                                        rounds.values().stream()
                                                .map(Sample::tokensPerSecond)
                                                .toList());
                                items.add(item);
                            });
        }
        return Json.write(items);
    }
}
