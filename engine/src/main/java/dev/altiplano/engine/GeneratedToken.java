package dev.altiplano.engine;

import dev.altiplano.engine.sampling.TokenLogprobs;
import java.util.Optional;

/**
 * One token of an answer. The texts of all tokens, joined, are the answer.
 *
 * @param text what this token adds to the answer. Empty for special tokens; empty where a character
 *     is not complete yet (a later token brings it); cut off where a stop string begins
 * @param bytes what the token stands for, not to be changed; only as far as {@code text} where a
 *     stop string begins, and nothing after that
 * @param logprobs if they were asked for
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy for each token serves nobody
public record GeneratedToken(int id, String text, byte[] bytes, Optional<TokenLogprobs> logprobs) {}
