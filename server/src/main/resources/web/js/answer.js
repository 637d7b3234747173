// One answer of the model while it is written and after.

/** @typedef {'waiting'|'writing'|'complete'|'stopped'|'failed'|'interrupted'} AnswerState */

/**
 * Announces `text` (event.detail: what was added) and `change` (state or figures). The two are
 * apart so that a token touches only the element that shows the text.
 */
export class Answer extends EventTarget {
    /** @type {AnswerState} */
    state = 'waiting';
    text = '';
    model = '';
    /** `stop`, `length`, ... as the server says; null while unknown. */
    finishReason = null;
    /** `context_full`: what `length` alone does not say; null where there is nothing to add. */
    stopReason = null;
    /** Tokens and tokens per second; null while unknown. */
    tokens = null;
    rate = null;
    /** {kind, message, retrySeconds} when failed. */
    error = null;

    #firstMillis = 0;
    #lastMillis = 0;
    #serverRate = null;

    get isRunning() {
        return this.state === 'waiting' || this.state === 'writing';
    }

    /** Takes one part of api.streamChat. */
    take({ text, finishReason, stopReason, usage, timings }, nowMillis) {
        if (text !== undefined) {
            this.#append(text, nowMillis);
        }
        this.finishReason = finishReason ?? this.finishReason;
        this.stopReason = stopReason ?? this.stopReason;
        this.tokens = usage?.completion_tokens ?? this.tokens;
        // An answer of one token has no rate: the server then says 0.
        this.#serverRate = timings?.decode_tps || this.#serverRate;
    }

    complete() {
        this.rate = this.#serverRate ?? this.#measuredRate();
        this.#end('complete');
    }

    /** The reader pressed Stop. */
    stop() {
        this.#end('stopped');
    }

    fail({ kind, message, retrySeconds }) {
        this.error = { kind, message, retrySeconds };
        this.#end('failed');
    }

    #append(text, nowMillis) {
        this.text += text;
        this.#lastMillis = nowMillis;
        if (this.state === 'waiting') {
            this.#firstMillis = nowMillis;
            this.state = 'writing';
            this.dispatchEvent(new Event('change'));
        }
        this.dispatchEvent(new CustomEvent('text', { detail: text }));
    }

    /** The first token is not counted: its time is mostly that of the prompt. */
    #measuredRate() {
        const seconds = (this.#lastMillis - this.#firstMillis) / 1000;
        return this.tokens > 1 && seconds > 0 ? (this.tokens - 1) / seconds : null;
    }

    #end(state) {
        this.state = state;
        this.dispatchEvent(new Event('change'));
    }

    toJSON() {
        const { text, model, finishReason, stopReason, tokens, rate, error } = this;
        const state = this.isRunning ? 'interrupted' : this.state;
        return { state, text, model, finishReason, stopReason, tokens, rate, error };
    }

    static fromJSON(stored) {
        return Object.assign(new Answer(), stored);
    }
}
