import { css, html } from 'lit';
import { t } from '../js/i18n.js';
import { readText, remove, writeText } from '../js/storage.js';
import { PageElement } from './page-element.js';
import { growWithText, isSendKey } from './text-area.js';
import { icon } from './icons.js';
import { base, buttons, fields } from './shared-styles.js';

/**
 * Where the reader writes. Emits `send` (detail: the text), `stop`, and `edit-open` when the arrow
 * goes up out of an empty field. A draft survives a reload.
 */
class MessageComposer extends PageElement {
    static properties = {
        isAnswering: { type: Boolean },
        isEmpty: { state: true },
    };

    static styles = [base, buttons, fields, css`
        :host { display: block; padding: 0 1rem 0.5rem; }
        form {
            display: flex;
            align-items: flex-end;
            gap: 0.5rem;
            max-inline-size: calc(var(--measure) + 1.5rem);
            margin-inline: auto;
            padding: 0.45rem 0.45rem 0.45rem 1.1rem;
            border: 1px solid var(--line-strong);
            border-radius: 1.5rem;
            background: var(--surface);
            box-shadow: 0 0.15rem 0.9rem var(--shadow);
        }
        form:focus-within { border-color: transparent; outline: 2px solid var(--accent); outline-offset: -2px; }
        textarea {
            flex: 1;
            min-inline-size: 0;
            min-block-size: 2.25rem;
            max-block-size: min(14rem, 40vh);
            padding: 0.35rem 0;
            border: 0;
            outline: 0 !important;
            background: none;
            field-sizing: content;
            resize: none;
            scrollbar-width: thin;
        }
        textarea::placeholder { color: var(--muted); opacity: 1; }
        .round {
            flex: none;
            display: grid;
            place-items: center;
            inline-size: 2.25rem;
            block-size: 2.25rem;
            border: 0;
            border-radius: 50%;
            background: var(--accent);
            color: var(--on-accent);
            transition: background-color 120ms;
        }
        .round:hover { background: var(--accent-strong); }
        .round:disabled { background: var(--hover); color: var(--muted); }
        .hint {
            margin: 0.45rem auto 0;
            color: var(--muted);
            font-size: 0.75rem;
            text-align: center;
            text-wrap: balance;
        }
        @media print { :host { display: none; } }
    `];

    #onLeave = () => this.#keepDraft();

    constructor() {
        super();
        this.isAnswering = false;
        this.isEmpty = true;
    }

    connectedCallback() {
        super.connectedCallback();
        window.addEventListener('pagehide', this.#onLeave);
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        window.removeEventListener('pagehide', this.#onLeave);
    }

    firstUpdated() {
        this.#area.value = readText('draft') ?? '';
        this.#grow();
    }

    async focus() {
        await this.updateComplete;
        this.#area.focus();
    }

    get #area() {
        return this.renderRoot.querySelector('textarea');
    }

    render() {
        return html`
            <form @submit=${this.#onSubmit}>
                <textarea rows="1" aria-label=${t('composer.label')} placeholder=${t('composer.placeholder')}
                    @input=${this.#grow} @keydown=${this.#onKey}></textarea>
                ${this.isAnswering
                    ? html`<button class="round stop" type="button" aria-label=${t('composer.stop')}
                        title=${t('composer.stop')} @click=${() => this.#stop()}>${icon('stop')}</button>`
                    : html`<button class="round send" type="submit" ?disabled=${this.isEmpty}
                        aria-label=${t('composer.send')} title=${t('composer.send')}>${icon('arrowUp')}</button>`}
            </form>
            <p class="hint">${t('composer.hint')}</p>`;
    }

    #grow() {
        growWithText(this.#area);
        this.isEmpty = this.#area.value.trim() === '';
    }

    #onKey(event) {
        if (isSendKey(event)) {
            event.preventDefault();
            this.#send();
        } else if (event.key === 'ArrowUp' && this.#area.value === '') {
            event.preventDefault();
            this.emit('edit-open');
        }
    }

    #onSubmit(event) {
        event.preventDefault();
        this.#send();
    }

    #send() {
        const text = this.#area.value.trim();
        if (text !== '' && !this.isAnswering) {
            this.#area.value = '';
            this.#grow();
            this.focus();
            this.emit('send', text);
        }
    }

    /** The button goes away: the focus must not go with it. */
    #stop() {
        this.focus();
        this.emit('stop');
    }

    #keepDraft() {
        if (this.isEmpty) {
            remove('draft');
        } else {
            writeText('draft', this.#area.value);
        }
    }
}

customElements.define('message-composer', MessageComposer);
