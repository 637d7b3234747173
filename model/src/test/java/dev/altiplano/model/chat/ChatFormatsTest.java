package dev.altiplano.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.model.jinja.ChatTemplateException;
import dev.altiplano.model.jinja.Recorded;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ChatFormatsTest {
    private static final ChatPrompt PROMPT = ChatPrompt.of(List.of(ChatMessage.user("hi")));
    private static final ToolDefinition TOOL = new ToolDefinition("now", "", "{}");

    @Test
    void prefersTheModelsTemplateToItsFamily() {
        ChatFormat format =
                choose(Map.of("default", "{{ bos_token }}mine"), Optional.of(LlamaFamily.LLAMA_3));

        assertThat(format.render(PROMPT).text()).isEqualTo("<s>mine");
        assertThat(format.description()).isEqualTo("the model's chat template 'default'");
    }

    @Test
    void takesTheFamilysFormatWhereThereIsNoTemplate() {
        ChatFormat format = choose(Map.of(), Optional.of(LlamaFamily.LLAMA_2));

        assertThat(format.render(PROMPT).text()).isEqualTo("<s>[INST] hi [/INST]");
        assertThat(format.description()).isEqualTo("Llama 2, written by hand");
    }

    @Test
    void takesTheFamilysFormatWhereTheTemplateCannotBeRead() {
        ChatFormat format = choose(Map.of("default", "{% if %}"), Optional.of(LlamaFamily.LLAMA_2));

        assertThat(format.render(PROMPT).text()).isEqualTo("<s>[INST] hi [/INST]");
        assertThat(format.description())
                .startsWith("Llama 2, written by hand, because")
                .contains("line 1, column 7");
    }

    @Test
    void saysWhyAnUnreadableTemplateOfAnUnknownFamilyCannotBeUsed() {
        ChatFormat format = choose(Map.of("default", "{% if %}"), Optional.empty());

        assertThatThrownBy(() -> format.render(PROMPT))
                .isInstanceOf(ChatTemplateException.class)
                .hasMessageContaining("line 1, column 7");
    }

    @Test
    void hasNoFormatForAnUnknownFamilyWithoutTemplate() {
        ChatSource nothing = new ChatSource(Map.of(), Map.of(), Optional.empty());

        assertThat(ChatFormats.choose(nothing, Recorded.CLOCK)).isEmpty();
    }

    @Test
    void servesPromptsWithToolsByTheTemplateForTools() {
        ChatFormat format =
                choose(Map.of("default", "plain", "tool_use", "tools"), Optional.empty());

        assertThat(format.render(PROMPT).text()).isEqualTo("plain");
        assertThat(format.render(PROMPT.withTools(List.of(TOOL))).text()).isEqualTo("tools");
        assertThat(format.description())
                .isEqualTo("the model's chat templates [default, tool_use]");
    }

    @Test
    void tellsTheFamiliesApartByTheirVocabularies() {
        Set<String> llama3 = Set.of("<|start_header_id|>", "<|eot_id|>");
        Set<String> llama31 = Set.of("<|start_header_id|>", "<|eot_id|>", "<|eom_id|>");

        assertThat(LlamaFamily.of(Set.of("<s>")::contains, true, 32_000, 4096))
                .contains(LlamaFamily.LLAMA_2);
        assertThat(LlamaFamily.of(llama3::contains, false, 128_256, 4096))
                .contains(LlamaFamily.LLAMA_3);
        assertThat(LlamaFamily.of(llama31::contains, false, 128_256, 8192))
                .contains(LlamaFamily.LLAMA_3_1);
        assertThat(LlamaFamily.of(llama31::contains, false, 128_256, 2048))
                .contains(LlamaFamily.LLAMA_3_2);
        assertThat(LlamaFamily.of(Set.of("<|header_start|>")::contains, false, 202_048, 5120))
                .contains(LlamaFamily.LLAMA_4);
        assertThat(LlamaFamily.of(Set.of("<|im_start|>")::contains, false, 49_152, 576)).isEmpty();
    }

    @Test
    void refusesArgumentsAndSchemasThatAreNoJsonObject() {
        assertThatThrownBy(() -> PROMPT.withTemplateArguments("[1]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("template arguments: expected a JSON object");
        assertThatThrownBy(() -> new ToolDefinition("now", "", "{"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schema of the tool's parameters");
    }

    private static ChatFormat choose(Map<String, String> templates, Optional<LlamaFamily> family) {
        ChatSource source = new ChatSource(templates, Map.of("bos_token", "<s>"), family);
        return ChatFormats.choose(source, Recorded.CLOCK).orElseThrow();
    }
}
