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

    /** Asks the server now. */
    async check() {
        clearTimeout(this.#timer);
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
