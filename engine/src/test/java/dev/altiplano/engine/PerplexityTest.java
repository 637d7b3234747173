package dev.altiplano.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.engine.Perplexity.Result;
import dev.altiplano.engine.Perplexity.Window;
import dev.altiplano.model.LlamaModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PerplexityTest {
    /** Sums of f32 logits in another order. */
    private static final double TOLERANCE = 1e-6;

    @TempDir private Path folder;

    @Test
    void scoresTheSecondHalfOfEveryFullPiece() {
        assertThat(Perplexity.chunkWindows(21, 8))
                .containsExactly(new Window(0, 8, 5), new Window(8, 16, 13));
    }

    @Test
    void movesTheWindowAndScoresEveryTokenOnce() {
        assertThat(Perplexity.stridedWindows(11, 6, 2))
                .containsExactly(
                        new Window(0, 6, 1),
                        new Window(2, 8, 6),
                        new Window(4, 10, 8),
                        new Window(6, 11, 10));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void leavesNoTokenOutWhateverTheStride(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int tokens = random.nextInt(2, 200);
        int context = random.nextInt(2, 60);
        int stride = random.nextInt(1, context + 1);
        List<Integer> scored = new ArrayList<>();

        for (Window window : Perplexity.stridedWindows(tokens, context, stride)) {
            for (int i = window.firstScored(); i < window.to(); i++) {
                scored.add(i);
                assertThat(i).isBetween(window.from() + 1, window.from() + context - 1);
            }
        }

        // With windows that touch, the first token of each has no context and cannot be scored.
        int skipped = stride == context ? (tokens - 1) / context : 0;
        assertThat(scored).isSorted().doesNotHaveDuplicates().hasSize(tokens - 1 - skipped);
    }

    @Test
    void isTheExponentOfTheMeanLogprobThatTheEngineGives() {
        int[] ids = randomIds(200);
        Path path = TinyModel.write(folder, 3);
        double sum = 0;
        double squares = 0;
        try (Engine engine = Engine.open(path)) {
            Generation generation =
                    engine.submit(GenerationRequest.of(ids).withMaxTokens(0).withPromptLogprobs(0));
            generation.readAll();
            for (var logprobs : generation.promptLogprobs()) {
                double nll = logprobs.isPresent() ? -logprobs.get().logprob() : 0;
                sum += nll;
                squares += nll * nll;
            }
        }
        double mean = sum / 199;
        double error = Math.sqrt((squares / 199 - mean * mean) / 198) * Math.exp(mean);

        Result result =
                measure(path, p -> p.strided(ids, TinyModel.CONTEXT_TOKENS, 100, (i, n) -> {}));

        assertThat(result.scoredTokens()).isEqualTo(199);
        assertThat(result.meanNll()).isCloseTo(mean, within(TOLERANCE));
        assertThat(result.perplexity()).isCloseTo(Math.exp(mean), within(1e-4));
        assertThat(result.standardError()).isCloseTo(error, within(1e-4));
    }

    @Test
    void givesTheSameWhateverTheBatch() {
        int[] ids = randomIds(300);
        Path path = TinyModel.write(folder, 3);
        List<Result> results = new ArrayList<>();
        for (int batch : new int[] {1, 7, 512}) {
            try (LlamaModel llama = LlamaModel.open(path);
                    MeasuredModel model =
                            MeasuredModel.of(
                                    llama, MeasureOptions.defaults().withBatchTokens(batch))) {
                results.add(
                        new Perplexity(model, OptionalInt.empty()).chunks(ids, 64, (i, n) -> {}));
            }
        }

        assertThat(results).containsOnly(results.getFirst());
        assertThat(results.getFirst().windows()).isEqualTo(4);
        assertThat(results.getFirst().scoredTokens()).isEqualTo(4 * 31);
    }

    @Test
    void refusesATextShorterThanAContext() {
        Path path = TinyModel.write(folder, 3);

        assertThatThrownBy(() -> measure(path, p -> p.chunks(randomIds(63), 64, (i, n) -> {})))
                .isInstanceOf(AltiplanoException.class)
                .hasMessageContainingAll("64", "63");
    }

    /** What is measured on a model. */
    private interface Measurement {
        Result run(Perplexity perplexity);
    }

    private static Result measure(Path path, Measurement measurement) {
        try (LlamaModel llama = LlamaModel.open(path);
                MeasuredModel model = MeasuredModel.of(llama, MeasureOptions.defaults())) {
            return measurement.run(new Perplexity(model, OptionalInt.empty()));
        }
    }

    private static int[] randomIds(int count) {
        return new SplittableRandom(9).ints(count, 0, TinyModel.BYTES).toArray();
    }
}
