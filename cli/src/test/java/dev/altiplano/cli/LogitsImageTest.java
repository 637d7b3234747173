package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.model.file.SafetensorsFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class LogitsImageTest {
    private static final Path ORACLE = Path.of("../model/src/test/resources/oracle");
    private static final Path VISION = ORACLE.resolve("llama4-vision-tiny");

    /** Image tokens by their names, with the ids that the model's case gives them. */
    private static final String TOKENIZER =
            """
            {"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "use_regex": true},
             "added_tokens": [
               {"id": 3, "content": "<|image_start|>", "special": true},
               {"id": 4, "content": "<|image_end|>", "special": true},
               {"id": 5, "content": "<|patch|>", "special": true},
               {"id": 6, "content": "<|tile_x_separator|>", "special": true},
               {"id": 7, "content": "<|tile_y_separator|>", "special": true},
               {"id": 8, "content": "<|image|>", "special": true}],
             "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}}
            """;

    private static final String SPELLED_OUT = "20,3,5,5,5,5,6,5,5,5,5,7,8,5,5,5,5,4,30";

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path image = Path.of("");

    @BeforeEach
    void writeImage() throws IOException {
        image = folder.resolve("image.png");
        BufferedImage pixels = new BufferedImage(56, 28, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 56; x++) {
            pixels.setRGB(x, x / 2, 0xFF8000);
        }
        ImageIO.write(pixels, "png", image.toFile());
    }

    @Test
    void putsTheImageWhereThePatchTokensAre() throws IOException {
        float[] seeing = logits(VISION, "--tokens", SPELLED_OUT, "--image", image.toString());

        assertThat(seeing).hasSize(19 * 256);
        assertThat(logits(VISION, "--tokens", SPELLED_OUT)).isNotEqualTo(seeing);
    }

    @Test
    void expandsTheImageTokenWhereATokenizerNamesIt() throws IOException {
        Path model = Files.createDirectory(folder.resolve("model"));
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(VISION.resolve(name), model.resolve(name));
        }
        Files.writeString(model.resolve("tokenizer.json"), TOKENIZER);

        float[] expanded = logits(model, "--tokens", "20,8,30", "--image", image.toString());

        assertThat(expanded)
                .isEqualTo(logits(VISION, "--tokens", SPELLED_OUT, "--image", image.toString()));
    }

    @Test
    void answersBadInputWithOneMessageAndExitCodeTwo() throws IOException {
        Path text = Files.writeString(folder.resolve("text.png"), "no image");
        String textModel = ORACLE.resolve("llama4-scout-tiny").toString();

        assertThat(run(textModel, "--tokens", "1", "--image", image.toString())).isEqualTo(2);
        assertThat(run(VISION.toString(), "--tokens", "1,5", "--image", image.toString()))
                .isEqualTo(2);
        assertThat(run(VISION.toString(), "--tokens", "1,5", "--image", text.toString()))
                .isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .hasSize(3)
                .anyMatch(line -> line.contains("expected a model that sees images"))
                .anyMatch(line -> line.contains("expected the patch id 5 12 times"))
                .anyMatch(line -> line.contains("expected a PNG or JPEG image"));
    }

    /** What the command writes with {@code --out}. */
    private float[] logits(Path model, String... arguments) throws IOException {
        Path file = Files.createTempFile(folder, "logits", ".safetensors");
        List<String> all = new ArrayList<>(List.of(model.toString(), "--out", file.toString()));
        all.addAll(List.of(arguments));
        assertThat(run(all.toArray(String[]::new))).as(err.toString()).isZero();
        try (SafetensorsFile written = SafetensorsFile.open(file)) {
            return written.require("logits").decode();
        }
    }

    private int run(String... arguments) {
        CommandLine line =
                Altiplano.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("logits"));
        all.addAll(List.of(arguments));
        return line.execute(all.toArray(String[]::new));
    }
}
