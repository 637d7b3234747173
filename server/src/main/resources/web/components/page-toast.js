import { css, html, nothing } from 'lit';
import { t } from '../js/i18n.js';
import { PageElement } from './page-element.js';
import { base, buttons } from './shared-styles.js';

const SHOWN_MILLIS = 10_000;

/** A short message at the edge of the page, with a way back where there is one. */
class PageToast extends PageElement {
    static properties = { message: { state: true }, undo: { state: true } };

    static styles = [base, buttons, css`
        :host {
            position: fixed;
            z-index: 20;
            inset-block-end: 7rem;
            inset-inline: 1rem;
            display: grid;
            justify-items: center;
            pointer-events: none;
        }
        .toast {
            display: flex;
            align-items: center;
            gap: 0.75rem;
            max-inline-size: 30rem;
            padding: 0.5rem 0.6rem 0.5rem 1rem;
            border-radius: var(--radius);
            background: var(--ink);
            color: var(--ground);
            box-shadow: 0 0.5rem 1.5rem var(--shadow);
            font-size: 0.9rem;
            pointer-events: auto;
        }
        .toast button { background: none; color: inherit; border-color: currentColor; }
        @media print { :host { display: none; } }
    `];

    #timer = 0;

    constructor() {
        super();
        this.message = '';
        this.undo = null;
    }

    /** Shows the message for a while; longer as long as the pointer or the focus is on it. */
    show(message, undo = null) {
        this.message = message;
        this.undo = undo;
        this.#hideLater();
    }

    render() {
        return html`<div role="status">${this.message === '' ? nothing : html`
            <div class="toast" @mouseenter=${this.#stay} @focusin=${this.#stay}
                @mouseleave=${this.#hideLater} @focusout=${this.#hideLater}>
                <span>${this.message}</span>
                ${this.undo === null ? nothing : html`
                    <button class="button" type="button" @click=${this.#onUndo}>${t('toast.undo')}</button>`}
            </div>`}</div>`;
    }

    #onUndo() {
        this.undo();
        this.#hide();
    }

    #stay() {
        clearTimeout(this.#timer);
    }

    #hideLater() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#hide(), SHOWN_MILLIS);
    }

    #hide() {
        this.message = '';
        this.undo = null;
    }
}

customElements.define('page-toast', PageToast);
