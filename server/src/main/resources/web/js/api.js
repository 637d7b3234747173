// The server's API as the page uses it: which models there are, and one streamed chat answer.
import { eventData } from './sse.js';

/**
 * What went wrong, in kinds that the page has words for:
 * `unreachable` (no answer at all), `broken` (the stream ended early), `busy` (429, 503),
 * `loading` (the model is not there yet), `context` (the chat is too long for the model),
 * `rejected` (any other 4xx), `server` (any other 5xx, or an error inside the stream).
 */
export class ApiError extends Error {
    constructor(kind, { message = '', retrySeconds = null } = {}) {
        super(message);
        this.kind = kind;
        this.retrySeconds = retrySeconds;
    }
}

/** The models that the server offers: [{id, contextLength}], contextLength null where unsaid. */
export async function listModels() {
    const answer = await call('/v1/models', {});
    const { data } = await answer.json();
    return data.map((model) => ({
        id: model.id,
        contextLength: model.altiplano?.context_length ?? null,
    }));
}

/**
 * Streams an answer. Yields, in any order and number: {text}, {finishReason}, {stopReason},
 * {usage}, {timings}.
 * Aborting the signal ends it with an AbortError; every other failure is an ApiError.
 */
export async function* streamChat(request, signal) {
    const answer = await call('/v1/chat/completions', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
            ...request, stream: true, stream_options: { include_usage: true },
        }),
        signal,
    });
    let isComplete = false;
    try {
        for await (const data of eventData(answer.body)) {
            // Goes on to the end of the stream, so that the connection can serve again.
            if (data === '[DONE]') {
                isComplete = true;
            } else {
                yield* parts(JSON.parse(data));
            }
        }
    } catch (error) {
        if (isComplete) {
            return;
        }
        throw error instanceof ApiError || isAbort(error)
            ? error
            : new ApiError('broken', { message: error.message });
    }
    if (!isComplete) {
        throw new ApiError('broken');
    }
}

export function isAbort(error) {
    return error.name === 'AbortError';
}

function* parts(chunk) {
    if (chunk.error) {
        throw errorOf(500, chunk.error, null);
    }
    const choice = chunk.choices?.[0];
    if (choice?.delta?.content) {
        yield { text: choice.delta.content };
    }
    if (choice?.finish_reason) {
        yield { finishReason: choice.finish_reason };
    }
    if (chunk.usage) {
        yield { usage: chunk.usage };
    }
    if (chunk.altiplano?.stop_reason) {
        yield { stopReason: chunk.altiplano.stop_reason };
    }
    if (chunk.altiplano?.timings) {
        yield { timings: chunk.altiplano.timings };
    }
}

async function call(path, options) {
    let answer;
    try {
        answer = await fetch(path, options);
    } catch (error) {
        throw isAbort(error) ? error : new ApiError('unreachable');
    }
    if (!answer.ok) {
        const body = await answer.json().catch(() => ({}));
        throw errorOf(answer.status, body.error ?? {}, answer.headers.get('retry-after'));
    }
    return answer;
}

function errorOf(status, { message = '', code = '' }, retryAfter) {
    const retrySeconds = /^\d{1,5}$/.test(retryAfter ?? '') ? Number(retryAfter) : null;
    return new ApiError(kindOf(status, code), { message, retrySeconds });
}

function kindOf(status, code) {
    if (code === 'context_length_exceeded') {
        return 'context';
    }
    if (code === 'model_loading') {
        return 'loading';
    }
    if (status === 429 || status === 503 || code === 'overloaded') {
        return 'busy';
    }
    return status >= 400 && status < 500 ? 'rejected' : 'server';
}
