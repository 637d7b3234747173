package dev.altiplano.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.engine.sampling.LogprobReader;
import dev.altiplano.engine.sampling.SamplingOptions;
import dev.altiplano.engine.sampling.TokenLogprobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StepLoopTest {
    private static final GenerationRequest THREE_IDS =
            GenerationRequest.of(new int[] {1, 2, 3}).ignoringEos();

    @Test
    void generatesWhatTheModelSaysTokenByToken() {
        LoopFixture fixture = LoopFixture.roomy();
        Generation generation = fixture.submit(THREE_IDS.withMaxTokens(5));

        fixture.runAll();

        List<Integer> expected = new ArrayList<>(List.of(1, 2, 3));
        for (int i = 0; i < 5; i++) {
            float[] logits = FakeStepModel.logitsAfter(expected, LoopFixture.VOCAB);
            logits[LoopFixture.STOP_ID] = Float.NEGATIVE_INFINITY;
            expected.add(largest(logits));
        }
        assertThat(LoopFixture.ids(LoopFixture.read(generation))).isEqualTo(expected.subList(3, 8));
        assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void endsAtTheModelsStopTokenAndGivesItWithoutText() {
        LoopFixture fixture = LoopFixture.roomy();
        Generation generation = fixture.submit(untilStop());

        fixture.runAll();

        List<GeneratedToken> tokens = LoopFixture.read(generation);
        assertThat(tokens.getLast().id()).isEqualTo(LoopFixture.STOP_ID);
        assertThat(tokens.getLast().text()).isEmpty();
        assertThat(generation.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(generation.usage().completionTokens()).isEqualTo(tokens.size());
    }

    @Test
    void neverChoosesTheModelsStopTokenWhenEosIsIgnored() {
        List<Integer> ids = LoopFixture.alone(untilStop().ignoringEos().withMaxTokens(30));

        assertThat(ids).hasSize(30).doesNotContain(LoopFixture.STOP_ID);
    }

    @Test
    void doesNotStopBeforeTheLeastNumberOfTokens() {
        int usual = LoopFixture.alone(untilStop()).size();
        LoopFixture fixture = LoopFixture.roomy();
        Generation generation =
                fixture.submit(untilStop().withMinTokens(usual + 2).withMaxTokens(usual + 10));

        fixture.runAll();

        assertThat(LoopFixture.ids(LoopFixture.read(generation)).subList(0, usual + 2))
                .doesNotContain(LoopFixture.STOP_ID);
    }

    @Test
    void endsAtAStopIdOfTheRequest() {
        List<Integer> ids = LoopFixture.alone(THREE_IDS.withMaxTokens(8));
        int stop = ids.get(4);

        List<Integer> stopped =
                LoopFixture.alone(THREE_IDS.withMaxTokens(8).withStopIds(Set.of(stop)));

        assertThat(stopped).isEqualTo(ids.subList(0, ids.indexOf(stop) + 1));
    }

    @Test
    void endsAtAStopStringOverTwoTokens() {
        LoopFixture all = LoopFixture.roomy();
        Generation whole = all.submit(THREE_IDS.withMaxTokens(8));
        all.runAll();
        List<GeneratedToken> tokens = LoopFixture.read(whole);
        String stop = tokens.get(3).text() + tokens.get(4).text();
        LoopFixture fixture = LoopFixture.roomy();

        Generation generation =
                fixture.submit(THREE_IDS.withMaxTokens(8).withStopStrings(List.of(stop)));
        fixture.runAll();

        assertThat(generation.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(generation.stopString()).contains(stop);
        String text = text(tokens);
        assertThat(text(LoopFixture.read(generation)))
                .isEqualTo(text.substring(0, text.indexOf(stop)));
    }

    @Test
    void endsWhenPromptAndAnswerFillTheContext() {
        LoopFixture fixture = LoopFixture.roomy();
        Generation generation = fixture.submit(THREE_IDS);

        fixture.runAll();

        assertThat(generation.finishReason()).isEqualTo(FinishReason.CONTEXT_FULL);
        assertThat(generation.usage().totalTokens()).isEqualTo(LoopFixture.CONTEXT_TOKENS);
    }

    @Test
    void endsAtOnceWhenThePromptAloneFillsTheContext() {
        LoopFixture fixture = LoopFixture.roomy();
        Generation generation =
                fixture.submit(GenerationRequest.of(new int[LoopFixture.CONTEXT_TOKENS]));

        fixture.runAll();

        assertThat(generation.finishReason()).isEqualTo(FinishReason.CONTEXT_FULL);
        assertThat(LoopFixture.read(generation)).isEmpty();
    }

    @ParameterizedTest(name = "steps of {0} tokens")
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void givesTheLogprobsOfThePromptHoweverItIsCut(int stepTokens) {
        int[] prompt = IntStream.range(0, 20).map(i -> i * 7 % LoopFixture.VOCAB).toArray();
        LoopFixture fixture =
                new LoopFixture(
                        EngineOptions.defaults().withMaxSequences(1).withStepTokens(stepTokens),
                        16);
        Generation generation =
                fixture.submit(GenerationRequest.of(prompt).withPromptLogprobs(3).withMaxTokens(0));

        fixture.runAll();

        assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(LoopFixture.read(generation)).isEmpty();
        List<Optional<TokenLogprobs>> logprobs = generation.promptLogprobs();
        assertThat(logprobs).hasSize(prompt.length);
        assertThat(logprobs.getFirst()).isEmpty();
        for (int i = 1; i < prompt.length; i++) {
            List<Integer> before = IntStream.of(prompt).limit(i).boxed().toList();
            TokenLogprobs expected =
                    new LogprobReader(LoopFixture.VOCAB)
                            .read(
                                    FakeStepModel.logitsAfter(before, LoopFixture.VOCAB),
                                    0,
                                    prompt[i],
                                    3);
            assertThat(logprobs.get(i)).contains(expected);
        }
    }

    @Test
    void givesLogprobsOfTheModelsOwnDistributionWhateverTheSamplingDoes() {
        LoopFixture fixture = LoopFixture.roomy();
        SamplingOptions sharp = SamplingOptions.defaults().withTemperature(0.1f).withTopK(2);
        Generation generation =
                fixture.submit(THREE_IDS.withSampling(sharp).withTopLogprobs(2).withMaxTokens(1));

        fixture.runAll();

        TokenLogprobs logprobs = LoopFixture.read(generation).getFirst().logprobs().orElseThrow();
        float[] logits = FakeStepModel.logitsAfter(List.of(1, 2, 3), LoopFixture.VOCAB);
        float best = logits[largest(logits)];
        double expected = best - LogprobReader.logSumExp(logits, 0, logits.length);
        assertThat(logprobs.top()).hasSize(2);
        assertThat((double) logprobs.top().getFirst().logprob()).isCloseTo(expected, within(1e-6));
    }

    @Test
    void keepsAnswersComingWhileALongPromptIsRead() {
        LoopFixture fixture = new LoopFixture(EngineOptions.defaults().withStepTokens(8), 1000);
        Generation quick = fixture.submit(THREE_IDS.withMaxTokens(20));
        fixture.loop.step();
        Generation slow =
                fixture.submit(GenerationRequest.of(new int[40]).ignoringEos().withMaxTokens(1));
        LoopFixture.read(quick);

        for (int step = 0; step < 5; step++) {
            fixture.loop.step();
            assertThat(LoopFixture.read(quick)).hasSize(1);
            assertThat(LoopFixture.read(slow)).isEmpty();
        }
        assertThat(fixture.model.largestBatch()).isLessThanOrEqualTo(8);
    }

    @Test
    void admitsInTheOrderOfSubmission() {
        LoopFixture fixture = new LoopFixture(EngineOptions.defaults().withMaxSequences(1), 16);
        List<Generation> generations = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            generations.add(fixture.submit(THREE_IDS.withMaxTokens(2)));
        }

        for (int i = 0; i < 4; i++) {
            assertThat(generations.get(i).isFinished()).isFalse();
            fixture.loop.step();
            fixture.loop.step();
            assertThat(generations.get(i).isFinished()).isTrue();
        }
    }

    @Test
    void makesARequestWaitUntilItsKvMemoryIsFree() {
        // 16 blocks of 4: one request of a whole context fills the pool.
        LoopFixture fixture = new LoopFixture(EngineOptions.defaults(), 16);
        Generation first = fixture.submit(THREE_IDS);
        Generation second = fixture.submit(THREE_IDS);

        fixture.loop.step();
        assertThat(fixture.stats().sequencesRunning()).isEqualTo(1);
        fixture.runAll();

        assertThat(first.finishReason()).isEqualTo(FinishReason.CONTEXT_FULL);
        assertThat(second.finishReason()).isEqualTo(FinishReason.CONTEXT_FULL);
    }

    @Test
    void freesTheKvMemoryOfACancelledGenerationWithinOneStep() {
        LoopFixture fixture = LoopFixture.roomy();
        Generation cancelled = fixture.submit(THREE_IDS);
        Generation other = fixture.submit(THREE_IDS);
        fixture.loop.step();

        cancelled.cancel();
        fixture.loop.step();

        assertThat(fixture.model.openPlaces()).isEqualTo(1);
        assertThat(cancelled.finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(cancelled.poll()).isEmpty();
        assertThat(other.isFinished()).isFalse();
        assertThat(fixture.wakeUps()).isEqualTo(1);
    }

    @Test
    void takesACancelledRequestOutOfTheQueue() {
        LoopFixture fixture = new LoopFixture(EngineOptions.defaults().withMaxSequences(1), 16);
        fixture.submit(THREE_IDS);
        Generation queued = fixture.submit(THREE_IDS);
        fixture.loop.step();

        queued.close();
        fixture.loop.step();

        assertThat(fixture.stats().requestsWaiting()).isZero();
        assertThat(fixture.stats().finished()).containsEntry(FinishReason.CANCELLED, 1L);
    }

    @Test
    void pausesASequenceWhoseReaderIsBehindAndNoOther() {
        LoopFixture fixture = new LoopFixture(EngineOptions.defaults().withReadAhead(4), 1000);
        Generation unread = fixture.submit(THREE_IDS);
        Generation other = fixture.submit(THREE_IDS.withMaxTokens(20));
        for (int step = 0; step < 10; step++) {
            fixture.loop.step();
            LoopFixture.read(other);
        }

        assertThat(unread.usage().completionTokens()).isEqualTo(4);
        assertThat(other.usage().completionTokens()).isEqualTo(10);
        assertThat(fixture.stats().sequencesPaused()).isEqualTo(1);
    }

    @Test
    void goesOnWhenThePausedReaderHasReadHalf() {
        LoopFixture fixture = new LoopFixture(EngineOptions.defaults().withReadAhead(4), 1000);
        Generation generation = fixture.submit(THREE_IDS);
        fixture.runAll();

        generation.poll();
        assertThat(fixture.loop.step()).isFalse();
        assertThat(fixture.wakeUps()).isZero();
        generation.poll();
        assertThat(fixture.wakeUps()).isEqualTo(1);
        assertThat(fixture.loop.step()).isTrue();
    }

    @Test
    void endsASequenceThatStaysPausedTooLong() {
        LoopFixture fixture =
                new LoopFixture(
                        EngineOptions.defaults()
                                .withReadAhead(4)
                                .withPauseLimit(Duration.ofSeconds(30)),
                        1000);
        Generation generation = fixture.submit(THREE_IDS);
        fixture.runAll();

        fixture.pass(Duration.ofSeconds(29));
        fixture.loop.step();
        assertThat(generation.isFinished()).isFalse();
        fixture.pass(Duration.ofSeconds(1));
        fixture.loop.step();
        fixture.loop.step();

        assertThat(generation.finishReason()).isEqualTo(FinishReason.FAILED);
        assertThat(fixture.model.openPlaces()).isZero();
    }

    @Test
    void failsTheGenerationsOfAStepThatThrowsAndLivesOn() {
        LoopFixture fixture = new LoopFixture(EngineOptions.defaults().withMaxSequences(1), 16);
        Generation hit = fixture.submit(THREE_IDS.withMaxTokens(4));
        Generation next = fixture.submit(THREE_IDS.withMaxTokens(4));
        fixture.loop.step();
        fixture.model.failOnce(new InternalError("a fault occurred"));

        fixture.runAll();

        assertThat(hit.finishReason()).isEqualTo(FinishReason.FAILED);
        assertThat(hit.take()).isPresent(); // the token of the good step
        assertThatThrownBy(hit::take)
                .isInstanceOf(GenerationFailedException.class)
                .hasMessageContainingAll("model file", "a part missing", "open the model again");
        assertThat(next.finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void failsARequestThatGetsNoPlaceAndAdmitsTheNext() {
        LoopFixture fixture = LoopFixture.roomy();
        fixture.model.failNextPlace(new IllegalStateException("no place"));
        Generation hit = fixture.submit(THREE_IDS.withMaxTokens(4));
        Generation next = fixture.submit(THREE_IDS.withMaxTokens(4));

        fixture.runAll();

        assertThatThrownBy(hit::take)
                .isInstanceOf(GenerationFailedException.class)
                .hasMessageContaining("no place");
        assertThat(next.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(fixture.stats().kvTokensReserved()).isZero();
        assertThat(fixture.stats().finished())
                .containsEntry(FinishReason.FAILED, 1L)
                .containsEntry(FinishReason.LENGTH, 1L);
    }

    @Test
    void takesSixtyFourRowsOfPromptLogprobsInAStepWhoeverWantsThem() {
        LoopFixture fixture = LoopFixture.roomy();
        GenerationRequest request =
                GenerationRequest.of(new int[60]).withMaxTokens(0).withPromptLogprobs(0);
        List<Generation> generations = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            generations.add(fixture.submit(request));
        }

        fixture.runAll();

        assertThat(fixture.model.largestRows()).isEqualTo(Scheduler.PROMPT_LOGITS_ROWS);
        assertThat(generations)
                .allSatisfy(generation -> assertThat(generation.promptLogprobs()).hasSize(60));
    }

    @Test
    void reportsThePrefillTimeOfARequestThatOnlyReadsThePrompt() {
        LoopFixture fixture = LoopFixture.roomy();
        Generation generation = fixture.submit(THREE_IDS.withMaxTokens(0));
        fixture.model.beforeForward(() -> fixture.pass(Duration.ofMillis(5)));

        fixture.runAll();

        assertThat(generation.usage().prefillNanos()).isEqualTo(Duration.ofMillis(5).toNanos());
        assertThat(generation.usage().decodeNanos()).isZero();
    }

    @Test
    void reportsHowLongEachStageTook() {
        LoopFixture fixture = LoopFixture.roomy();
        Generation generation = fixture.submit(THREE_IDS.withMaxTokens(2));
        fixture.pass(Duration.ofMillis(7));
        fixture.model.beforeForward(() -> fixture.pass(Duration.ofMillis(5)));

        fixture.runAll();

        GenerationUsage usage = generation.usage();
        assertThat(usage.queueNanos()).isEqualTo(Duration.ofMillis(7).toNanos());
        assertThat(usage.prefillNanos()).isEqualTo(Duration.ofMillis(5).toNanos());
        assertThat(usage.decodeNanos()).isEqualTo(Duration.ofMillis(5).toNanos());
    }

    @Test
    void countsWhatItDid() {
        LoopFixture fixture = LoopFixture.roomy();
        fixture.submit(THREE_IDS.withMaxTokens(4));
        fixture.submit(THREE_IDS.withMaxTokens(4));

        fixture.runAll();

        EngineStats stats = fixture.stats();
        assertThat(stats.promptTokens()).isEqualTo(6);
        assertThat(stats.generatedTokens()).isEqualTo(8);
        assertThat(stats.steps()).isEqualTo(4);
        assertThat(stats.finished()).containsEntry(FinishReason.LENGTH, 2L);
        assertThat(stats.kvTokensReserved()).isZero();
    }

    /** A request whose answer reaches the stop token by itself. */
    private static GenerationRequest untilStop() {
        for (int id = 0; id < LoopFixture.VOCAB; id++) {
            GenerationRequest request = GenerationRequest.of(new int[] {id});
            List<Integer> ids = LoopFixture.alone(request);
            if (ids.getLast() == LoopFixture.STOP_ID && ids.size() > 2) {
                return request;
            }
        }
        throw new AssertionError("no prompt leads to the stop token");
    }

    private static int largest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    private static String text(List<GeneratedToken> tokens) {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(token.text()));
        return text.toString();
    }
}
