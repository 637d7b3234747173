package dev.altiplano.server.api;

import dev.altiplano.engine.FinishReason;
import dev.altiplano.engine.GeneratedToken;
import dev.altiplano.engine.GenerationUsage;
import dev.altiplano.engine.sampling.TokenLogprobs;
import java.util.List;
import java.util.Optional;

/**
 * What happens to one of the answers of a call. Each begins once, ends once, has tokens between.
 */
sealed interface AnswerEvent {
    /** Which of the call's answers, from 0. */
    int index();

    /** The prompt is read. */
    record Began(int index, List<Optional<TokenLogprobs>> promptLogprobs) implements AnswerEvent {}

    /** One more token. */
    record Token(int index, GeneratedToken token) implements AnswerEvent {}

    /** Nothing more will come. */
    record Ended(int index, FinishReason reason, GenerationUsage usage) implements AnswerEvent {}

    /** The engine failed on it. */
    record Failed(int index, Throwable failure) implements AnswerEvent {}
}
