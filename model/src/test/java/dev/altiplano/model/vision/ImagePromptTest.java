package dev.altiplano.model.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.model.LlamaModel;
import dev.altiplano.model.llama.Batch;
import dev.altiplano.model.llama.KvCache;
import dev.altiplano.model.llama.KvSequence;
import dev.altiplano.model.llama.Logits;
import dev.altiplano.model.llama.Transformer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImagePromptTest {
    private static final int PATCH = 5;

    /** A tile has four vectors; this image has two tiles side by side, and the global one. */
    private static final RgbImage WIDE = TestImages.pattern(56, 28);

    private static final int[] IDS =
            IntStream.of(20, 21, 3, 5, 5, 5, 5, 6, 5, 5, 5, 5, 7, 8, 5, 5, 5, 5, 4, 30, 31, 32)
                    .toArray();

    private final LlamaModel model = LlamaModel.open(VisionCase.path());
    private final WorkerTeam workers = new WorkerTeam(2);
    private final VisionEncoder encoder =
            model.newVisionEncoder(Kernels.best(), workers).orElseThrow();

    @AfterEach
    void close() {
        workers.close();
        model.close();
    }

    @ParameterizedTest(name = "{0} tokens at a time")
    @ValueSource(ints = {1, 3, 4, 7, 21})
    void givesTheSameBitsHoweverThePromptIsCut(int step) {
        ImagePrompt prompt = ImagePrompt.of(IDS, Optional.empty(), WIDE, encoder);

        assertThat(logits(prompt, step)).containsExactly(logits(prompt, IDS.length));
    }

    @Test
    void seesAnotherImageInTheSamePlaces() {
        RgbImage other = TestImages.plain(56, 28, 200);

        float[] found = logits(ImagePrompt.of(IDS, Optional.empty(), other, encoder), 64);

        float[] wide = logits(ImagePrompt.of(IDS, Optional.empty(), WIDE, encoder), 64);
        int vocabulary = model.config().vocabularySize();
        assertThat(Arrays.copyOf(found, 3 * vocabulary))
                .containsExactly(Arrays.copyOf(wide, 3 * vocabulary));
        assertThat(VisionCase.worst(found, wide)).isGreaterThan(0.1);
    }

    @Test
    void saysHowManyPatchesTheImageNeeds() {
        int[] one = {1, PATCH, 2};

        assertThatThrownBy(() -> ImagePrompt.of(one, Optional.empty(), WIDE, encoder))
                .isInstanceOf(AltiplanoException.class)
                .hasMessageContainingAll(
                        "patch id 5 12 times", "3 tiles (2 x 1", "found it 1 times");
    }

    /** The logits of all tokens, computed {@code step} tokens at a time. */
    private float[] logits(ImagePrompt prompt, int step) {
        int count = prompt.ids().length;
        Transformer transformer = model.newTransformer(Kernels.best(), workers, step);
        float[] all = new float[count * model.config().vocabularySize()];
        Batch batch = new Batch(step);
        try (KvCache cache = new KvCache(model.config(), KvType.F32, count)) {
            KvSequence sequence = cache.open();
            for (int from = 0; from < count; from += step) {
                batch.clear();
                int rows = Math.min(step, count - from);
                prompt.addTo(batch, sequence, from, rows, Batch.LogitsFor.ALL);
                Logits logits = transformer.forward(batch, cache);
                int width = logits.vocabulary();
                System.arraycopy(logits.values(), 0, all, from * width, rows * width);
            }
        }
        return all;
    }
}
