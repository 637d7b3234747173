package dev.altiplano.model.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.model.jinja.Recorded;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The formats written by hand say what the templates of their models say. */
final class LlamaFormatsTest {
    private static final Map<String, LlamaFamily> FAMILIES =
            Map.of(
                    "llama-2", LlamaFamily.LLAMA_2,
                    "llama-3", LlamaFamily.LLAMA_3,
                    "llama-3.1", LlamaFamily.LLAMA_3_1,
                    "llama-3.2", LlamaFamily.LLAMA_3_2,
                    "llama-4", LlamaFamily.LLAMA_4);

    static Stream<String> templates() {
        return FAMILIES.keySet().stream().sorted();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("templates")
    void writesWhatTheTemplateWrites(String template) {
        ChatFormat format = byHand(template);
        List<RecordedChats.Rendering> renderings = RecordedChats.renderings(template);

        assertThat(renderings)
                .filteredOn(each -> !each.outcome(format).equals(each.expected()))
                .extracting(each -> each.difference(format))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("templates")
    void trustsWhatTheTemplateTrustsAmongControlTokens(String template) {
        ChatFormat byHand = byHand(template);
        ChatFormat byTemplate = RecordedChats.format(template);

        for (RecordedChats.Rendering each : RecordedChats.renderings(template)) {
            if (each.expected().startsWith("output: ")) {
                assertThat(ControlTokens.trusted(byHand.render(each.prompt())))
                        .as(each.conversation())
                        .isEqualTo(ControlTokens.trusted(byTemplate.render(each.prompt())));
            }
        }
    }

    private static ChatFormat byHand(String template) {
        return FAMILIES.getOrDefault(template, LlamaFamily.LLAMA_2).format(Recorded.CLOCK);
    }
}
