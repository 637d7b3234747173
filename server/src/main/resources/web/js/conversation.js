// One chat and what can be done to it. Knows no element: components call it and listen.
import { ApiError, isAbort, streamChat } from './api.js';
import { Answer } from './answer.js';
import { titleOf } from './chat-store.js';
import { settings, VARIED_TEMPERATURE } from './settings.js';

/**
 * Announces `change` when messages come or go or an answer starts or ends; the text of an answer
 * is announced by the Answer itself.
 */
export class Conversation extends EventTarget {
    #store;
    #abort = null;
    #isClosed = false;

    /** @param {object} chat as ChatStore keeps it, or nothing for a new one */
    constructor(store, chat = null) {
        super();
        this.#store = store;
        this.id = chat?.id ?? newId();
        this.title = chat?.title ?? '';
        this.messages = (chat?.messages ?? []).map(revive);
    }

    get isEmpty() {
        return this.messages.length === 0;
    }

    get isAnswering() {
        return this.#abort !== null;
    }

    /**
     * Sends the text and streams the answer; done when the answer has ended, however it did.
     *
     * @param {() => Promise<string>} findModel which model to ask; the page may not know it yet
     */
    async send(text, findModel) {
        if (this.isAnswering || text.trim() === '') {
            return;
        }
        this.messages = [...this.messages, { id: newId(), role: 'user', text }];
        this.title ||= titleOf(text);
        await this.#answer(findModel);
    }

    /** Drops the last answer, if there is one, and asks for another, which may differ. */
    async regenerate(findModel) {
        if (this.isAnswering || this.isEmpty) {
            return;
        }
        const isAnother = this.messages.at(-1).role === 'assistant'
            && this.messages.at(-1).answer.text !== '';
        if (this.messages.at(-1).role === 'assistant') {
            this.messages = this.messages.slice(0, -1);
        }
        await this.#answer(findModel, isAnother);
    }

    /** Replaces the reader's last message, drops what followed, and asks again. */
    async editLast(text, findModel) {
        const index = this.messages.findLastIndex((message) => message.role === 'user');
        if (this.isAnswering || index < 0 || text.trim() === '') {
            return;
        }
        if (this.title === titleOf(this.messages[index].text)) {
            this.title = '';
        }
        this.messages = this.messages.slice(0, index);
        await this.send(text, findModel);
    }

    stop() {
        this.#abort?.abort();
    }

    /** The reader deleted the chat: ends it, and saves it no more. */
    discard() {
        this.#isClosed = true;
        this.stop();
    }

    /** The page is being left: saves what there is. That the stream now breaks is no news. */
    leave() {
        this.save();
        this.#isClosed = true;
    }

    /** Saves the chat; an answer under way is saved as interrupted. */
    save() {
        if (!this.isEmpty && !this.#isClosed) {
            this.#store.save({
                id: this.id,
                title: this.title,
                updatedAt: Date.now(),
                messages: this.messages,
            });
        }
    }

    async #answer(findModel, isAnother = false) {
        const request = this.#request();
        if (isAnother) {
            request.temperature ||= VARIED_TEMPERATURE;
        }
        const answer = new Answer();
        const abort = new AbortController();
        this.#abort = abort;
        this.messages = [...this.messages, { id: newId(), role: 'assistant', answer }];
        this.#changed();
        try {
            answer.model = await findModel();
            const asked = { ...request, model: answer.model };
            for await (const part of streamChat(asked, abort.signal)) {
                answer.take(part, performance.now());
            }
            answer.complete();
        } catch (error) {
            if (isAbort(error)) {
                answer.stop();
            } else if (error instanceof ApiError) {
                answer.fail(error);
            } else {
                answer.fail(new ApiError('broken', { message: error.message }));
                reportError(error);
            }
        }
        this.#abort = null;
        this.#changed();
    }

    #changed() {
        this.save();
        this.dispatchEvent(new Event('change'));
    }

    #request() {
        const { temperature, maxTokens, systemPrompt } = settings();
        const messages = turns(this.messages.map(toApi));
        if (systemPrompt.trim() !== '') {
            messages.unshift({ role: 'system', content: systemPrompt });
        }
        const request = { messages, temperature };
        return maxTokens === null ? request : { ...request, max_tokens: maxTokens };
    }
}

function toApi({ role, text, answer }) {
    return { role, content: role === 'user' ? text : answer.text };
}

/**
 * Leaves out answers without text and joins what then follows on the same side: many models' prompt
 * formats insist that the sides take turns.
 */
function turns(messages) {
    const joined = [];
    for (const message of messages.filter(({ content }) => content !== '')) {
        const previous = joined.at(-1);
        if (previous?.role === message.role) {
            previous.content += `\n\n${message.content}`;
        } else {
            joined.push(message);
        }
    }
    return joined;
}

function revive(message) {
    return message.role === 'user'
        ? message
        : { ...message, answer: Answer.fromJSON(message.answer) };
}

/** Unguessable is not needed, unique is. crypto.randomUUID exists only in secure contexts. */
function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
