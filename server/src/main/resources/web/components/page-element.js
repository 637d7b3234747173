import { LitElement } from 'lit';
import { onLanguageChange } from '../js/i18n.js';

/** The base of our elements: shows its texts anew when the reader changes the language. */
export class PageElement extends LitElement {
    #stopListening = () => undefined;

    connectedCallback() {
        super.connectedCallback();
        this.#stopListening = onLanguageChange(() => this.requestUpdate());
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#stopListening();
    }

    /** Tells the parents, through all shadow roots. */
    emit(name, detail = undefined) {
        this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    }
}
