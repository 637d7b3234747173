package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.GgufMetadata;
import dev.altiplano.model.file.GgufValue;
import dev.altiplano.model.file.GgufWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class EvalCommandTest {
    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String model = "";
    private String text = "";

    @BeforeEach
    void writeModelAndText() throws IOException {
        Path path = folder.resolve("tiny.gguf");
        StartupModel.write(path);
        model = path.toString();
        text = Files.writeString(folder.resolve("text.txt"), "A text. ".repeat(30)).toString();
    }

    @Test
    void printsThePerplexityWithItsError() {
        assertThat(eval("perplexity", model, text, "--context", "64")).isZero();

        assertThat(out.toString())
                .matches(
                        "perplexity [0-9.]+ ± [0-9.]+  \\(93 tokens scored in 3 windows of 64\\)\\R");
    }

    @Test
    void scoresEachTokenOnceWithAStride() {
        assertThat(eval("perplexity", model, text, "--context", "64", "--stride", "32", "--json"))
                .isZero();

        JsonNode result = JsonMapper.shared().readTree(out.toString());
        assertThat(result.get("scored_tokens").asInt()).isEqualTo(239);
        assertThat(result.get("stride").asInt()).isEqualTo(32);
        assertThat(result.get("perplexity").asDouble()).isPositive();
    }

    /** As llama-perplexity: the beginning of the text is a token of its own. */
    @Test
    void putsTheBeginTokenBeforeTheTextAndNotInPlaceOfItsFirstToken() throws IOException {
        Path adding = folder.resolve("adding.gguf");
        try (GgufFile file = GgufFile.open(Path.of(model));
                GgufWriter writer = GgufWriter.create(adding)) {
            GgufMetadata metadata = file.metadata();
            metadata.keys().forEach(key -> writer.put(key, metadata.find(key).orElseThrow()));
            writer.put("tokenizer.ggml.add_bos_token", GgufValue.bool(true));
            file.tensors().forEach(t -> writer.declare(t.name(), t.format(), t.shape()));
            file.tensors().forEach(t -> writer.write(t.bytes()));
            writer.finish();
        }

        assertThat(eval("perplexity", adding.toString(), text, "--stride", "64", "--json"))
                .isZero();

        JsonNode result = JsonMapper.shared().readTree(out.toString());
        assertThat(result.get("scored_tokens").asInt()).isEqualTo(240);
    }

    @Test
    void saysThatATextIsTooShort() {
        assertThat(eval("perplexity", model, text, "--context", "256")).isEqualTo(2);

        assertThat(err.toString()).contains("expected at least 256 tokens", "found 240");
    }

    @Test
    void refusesAContextBeyondTheModelsOwn() {
        assertThat(eval("perplexity", model, text, "--context", "513")).isEqualTo(2);

        assertThat(err.toString()).contains("4 to 512", "found 513");
    }

    private int eval(String... arguments) {
        CommandLine commandLine = Altiplano.commandLine();
        commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] all = new String[arguments.length + 1];
        all[0] = "eval";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return commandLine.execute(all);
    }
}
