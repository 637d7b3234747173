// Server-sent events from a byte stream (WHATWG HTML, section 9.2), as far as a chat needs them.

const EVENT_CHARS_MAX = 4 << 20;

/**
 * Yields the data of each event. An event that the end of the stream cuts short is not yielded.
 *
 * @param {ReadableStream<Uint8Array>} stream
 */
export async function* eventData(stream) {
    const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    let data = [];
    try {
        while (true) {
            const { value, done } = await reader.read();
            if (done) {
                return;
            }
            // A return at the very end waits: its line feed may be on the way.
            const lines = (rest + value).split(/\r\n|\n|\r(?=.)/s);
            rest = lines.pop();
            for (const line of lines) {
                if (line === '') {
                    if (data.length > 0) {
                        yield data.join('\n');
                        data = [];
                    }
                } else if (line.startsWith('data:')) {
                    data.push(line.slice(line[5] === ' ' ? 6 : 5));
                }
            }
            if (rest.length > EVENT_CHARS_MAX) {
                throw new RangeError(`an event of more than ${EVENT_CHARS_MAX} characters`);
            }
        }
    } finally {
        // Leaving early (Stop, an error) must also end the request.
        await reader.cancel().catch(() => undefined);
    }
}
