package dev.altiplano.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.file.SafetensorsFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChatFolderTest {
    @TempDir Path folder = Path.of("");

    @BeforeEach
    void writeAModelWithoutTensors() throws IOException {
        byte[] header = "{}".getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(
                folder.resolve("model.safetensors"),
                file.putLong(header.length).put(header).array());
        write("config.json", "{\"model_type\": \"llama\", \"hidden_size\": 4096}");
    }

    @Test
    void readsTheTemplateOfTheTokenizersConfiguration() throws IOException {
        write(
                "tokenizer_config.json",
                """
                {"chat_template": "a", "bos_token": {"content": "<s>"}, "eos_token": "</s>",
                 "pad_token": null}
                """);

        ChatSource source = source();

        assertThat(source.templates()).isEqualTo(Map.of("default", "a"));
        assertThat(source.specialTokens())
                .isEqualTo(Map.of("bos_token", "<s>", "eos_token", "</s>"));
    }

    @Test
    void readsNamedTemplates() throws IOException {
        write(
                "tokenizer_config.json",
                """
                {"chat_template": [{"name": "default", "template": "a"},
                                   {"name": "tool_use", "template": "b"}]}
                """);

        assertThat(source().templates()).isEqualTo(Map.of("default", "a", "tool_use", "b"));
    }

    @Test
    void prefersTheTemplatesOwnFile() throws IOException {
        write("tokenizer_config.json", "{\"chat_template\": \"old\"}");
        write("chat_template.jinja", "new\n");
        Files.createDirectory(folder.resolve("additional_chat_templates"));
        write("additional_chat_templates/rag.jinja", "named");

        assertThat(source().templates()).isEqualTo(Map.of("default", "new\n", "rag", "named"));
    }

    @Test
    void knowsTheFamilyByTheTokensBesideTheVocabulary() throws IOException {
        write(
                "tokenizer_config.json",
                """
                {"added_tokens_decoder": {"128006": {"content": "<|start_header_id|>"},
                                          "128008": {"content": "<|eom_id|>"}}}
                """);

        assertThat(source().family()).contains(LlamaFamily.LLAMA_3_1);
    }

    @Test
    void knowsTheFamilyByTheTokenizerWhereTheConfigurationIsSilent() throws IOException {
        write(
                "tokenizer.json",
                "{\"added_tokens\": [{\"id\": 200005, \"content\": \"<|header_start|>\"}]}");

        assertThat(source().family()).contains(LlamaFamily.LLAMA_4);
    }

    @Test
    void knowsNoFamilyOfAnotherArchitecture() throws IOException {
        write("config.json", "{\"model_type\": \"qwen2\"}");

        assertThat(source().family()).isEqualTo(Optional.empty());
    }

    @Test
    void namesTheFileAndTheKeyOfAWrongEntry() throws IOException {
        write("tokenizer_config.json", "{\"chat_template\": [{\"name\": \"default\"}]}");

        assertThatThrownBy(this::source)
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("tokenizer_config.json", "chat_template[0].template");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private ChatSource source() {
        try (SafetensorsFolder model = SafetensorsFolder.open(folder)) {
            return ChatSource.of(model);
        }
    }
}
