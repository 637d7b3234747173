// The reader's chats in the browser's storage: an index and one entry for each chat, so that saving
// one does not write the others.
import { onOtherTab, read, remove, write } from './storage.js';

export const CHATS_MAX = 200;
export const TITLE_CHARS_MAX = 60;

/**
 * A chat is {id, title, updatedAt, messages}; a message is {id, role: 'user', text} or
 * {id, role: 'assistant', answer}. Announces `change` when the list changes.
 */
export class ChatStore extends EventTarget {
    #index = storedIndex();

    constructor() {
        super();
        onOtherTab((key) => {
            if (key === 'chats') {
                this.#index = storedIndex();
                this.dispatchEvent(new Event('change'));
            }
        });
    }

    /** [{id, title, updatedAt}], the latest first. */
    list() {
        return this.#index;
    }

    /** The chat as it was saved, or null. */
    load(id) {
        const entry = this.#index.find((known) => known.id === id);
        const messages = read(`chat.${id}`);
        return entry && Array.isArray(messages)
            ? { ...entry, messages: messages.filter(isMessage) }
            : null;
    }

    /**
     * Saves and puts the chat first. Where the storage is full, the oldest chats make room.
     * Returns whether it was saved.
     */
    save({ id, title, updatedAt, messages }) {
        const others = this.#index.filter((known) => known.id !== id);
        while (others.length >= CHATS_MAX) {
            remove(`chat.${others.pop().id}`);
        }
        while (!write(`chat.${id}`, messages)) {
            if (others.length === 0) {
                return false;
            }
            remove(`chat.${others.pop().id}`);
        }
        return this.#setIndex([{ id, title, updatedAt }, ...others]);
    }

    rename(id, title) {
        this.#setIndex(this.#index.map((known) => (known.id === id ? { ...known, title } : known)));
    }

    /** Returns the removed chat, which save() brings back, or null. */
    remove(id) {
        const chat = this.load(id);
        remove(`chat.${id}`);
        this.#setIndex(this.#index.filter((known) => known.id !== id));
        return chat;
    }

    removeAll() {
        this.#index.forEach(({ id }) => remove(`chat.${id}`));
        this.#setIndex([]);
    }

    #setIndex(index) {
        this.#index = index.toSorted((a, b) => b.updatedAt - a.updatedAt);
        const isWritten = write('chats', this.#index);
        this.dispatchEvent(new Event('change'));
        return isWritten;
    }
}

/** A title from the first words of a chat. */
export function titleOf(text) {
    const line = text.trim().replace(/\s+/g, ' ');
    if (line.length <= TITLE_CHARS_MAX) {
        return line;
    }
    const cut = line.slice(0, TITLE_CHARS_MAX);
    return cut.slice(0, Math.max(cut.lastIndexOf(' '), TITLE_CHARS_MAX / 2)).trimEnd() + '…';
}

function isMessage(stored) {
    return typeof stored?.id === 'string'
        && (typeof stored.text === 'string' || typeof stored.answer?.text === 'string');
}

function storedIndex() {
    const index = read('chats');
    return Array.isArray(index) ? index.filter((chat) => typeof chat?.id === 'string') : [];
}
