// Whether the server answers, and with which models.
import { listModels } from './api.js';

const RETRY_MILLIS = 3_000;

/** Announces `change`. While the server is away it asks again every few seconds. */
export class ServerStatus extends EventTarget {
    /** @type {'connecting'|'ready'|'down'} */
    state = 'connecting';
    /** [{id, contextLength}] */
    models = [];

    #timer = 0;
    #firstCheck = null;

    /** Asks the server now. */
    check() {
        clearTimeout(this.#timer);
        const check = this.#ask();
        this.#firstCheck ??= check;
        return check;
    }

    /** Done when the server has answered, or failed to, at least once. */
    known() {
        return this.#firstCheck ?? this.check();
    }

    async #ask() {
        try {
            this.models = await listModels();
            this.#become('ready');
        } catch (error) {
            this.reportDown();
        }
    }

    /** Someone found the server unreachable. */
    reportDown() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.check(), RETRY_MILLIS);
        this.#become('down');
    }

    #become(state) {
        this.state = state;
        this.dispatchEvent(new Event('change'));
    }
}
