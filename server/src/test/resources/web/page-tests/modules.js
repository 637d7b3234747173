// Runs in the browser, called by ModulesTest: small modules, each by itself.
import { ChatStore, titleOf } from '/js/chat-store.js';
import { closeHalfTyped } from '/js/half-typed.js';
import { eventData } from '/js/sse.js';

export function closed(texts) {
    return texts.map(closeHalfTyped);
}

export function titles(texts) {
    return texts.map(titleOf);
}

/** The events of a stream whose bytes come in pieces of this size. */
export async function events(text, size) {
    const bytes = new TextEncoder().encode(text);
    const stream = new ReadableStream({
        start(controller) {
            for (let at = 0; at < bytes.length; at += size) {
                controller.enqueue(bytes.slice(at, at + size));
            }
            controller.close();
        },
    });
    const found = [];
    for await (const data of eventData(stream)) {
        found.push(data);
    }
    return found;
}

/** Titles that are left when chats of a megabyte are saved one after the other. */
export function titlesAfterSaving(count) {
    const store = new ChatStore();
    for (let i = 1; i <= count; i++) {
        const messages = [{ id: 'm', role: 'user', text: 'x'.repeat(1 << 20) }];
        store.save({ id: `c${i}`, title: `chat ${i}`, updatedAt: i, messages });
    }
    return new ChatStore().list().map(({ title }) => title);
}
