package dev.altiplano.engine;

/** Why a generation ended. */
public enum FinishReason {
    /** The model said its stop token, or the text reached a stop string. OpenAI: {@code stop}. */
    STOP,
    /** As many tokens as were asked for. OpenAI: {@code length}. */
    LENGTH,
    /** Prompt and answer fill the context. OpenAI: {@code length}. */
    CONTEXT_FULL,
    /** The caller did not want more, or the engine was closed. OpenAI: has no answer to send. */
    CANCELLED,
    /** A step failed; the reader gets a {@link GenerationFailedException}. OpenAI: an error. */
    FAILED
}
