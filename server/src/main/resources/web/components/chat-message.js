import { css, html, nothing } from 'lit';
import { copyText } from '../js/clipboard.js';
import { counters } from '../js/counters.js';
import { number, plural, t } from '../js/i18n.js';
import { PageElement } from './page-element.js';
import { icon } from './icons.js';
import { base, buttons } from './shared-styles.js';
import './answer-error.js';
import './answer-text.js';
import './message-editor.js';

const COPIED_MILLIS = 2_000;

/**
 * One message of either side, with what can be done to it. Asks its parents by the events
 * `regenerate`, `edit-last` (detail: the text), `new-chat`.
 */
class ChatMessage extends PageElement {
    static properties = {
        message: { attribute: false },
        isLastAnswer: { type: Boolean },
        isLastQuestion: { type: Boolean },
        isEditing: { state: true },
        isCopied: { state: true },
    };

    static styles = [base, buttons, css`
        :host { display: block; }
        article { position: relative; }
        .question { display: flex; justify-content: flex-end; align-items: flex-end; gap: 0.35rem; }
        .bubble {
            max-inline-size: 34rem;
            padding: 0.6rem 1rem;
            border-radius: 1.1rem 1.1rem 0.3rem 1.1rem;
            background: var(--bubble);
            white-space: pre-wrap;
            overflow-wrap: anywhere;
            unicode-bidi: plaintext;
        }
        .tools {
            display: flex;
            align-items: center;
            flex: none;
            gap: 0.1rem;
            color: var(--muted);
            font-size: 0.8rem;
        }
        .answer .tools {
            flex-wrap: wrap;
            min-block-size: 2rem;
            margin: 0.25rem 0 0 -0.4rem;
        }
        .figures { margin-inline-start: 0.5rem; font-variant-numeric: tabular-nums; }
        .note { margin-inline: 0.4rem; font-style: italic; }
        message-editor { inline-size: 100%; }
        @media (hover: hover) {
            .question .tools { opacity: 0; transition: opacity 120ms; }
            .question:hover .tools, .question:focus-within .tools { opacity: 1; }
        }
        @media print {
            .tools button { display: none; }
            .bubble { border: 1px solid var(--line); }
        }
    `];

    #onChange = () => this.requestUpdate();

    constructor() {
        super();
        this.isEditing = false;
        this.isCopied = false;
    }

    connectedCallback() {
        super.connectedCallback();
        this.message?.answer?.addEventListener('change', this.#onChange);
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.message?.answer?.removeEventListener('change', this.#onChange);
    }

    willUpdate(changed) {
        if (changed.has('message')) {
            changed.get('message')?.answer?.removeEventListener('change', this.#onChange);
            this.message.answer?.addEventListener('change', this.#onChange);
        }
    }

    /** Opens the editor, if this is a message of the reader. */
    async edit() {
        this.isEditing = true;
        await this.updateComplete;
        this.renderRoot.querySelector('message-editor').focus();
    }

    render() {
        counters.messageRenders++;
        return this.message.role === 'user' ? this.#question() : this.#answer();
    }

    #question() {
        if (this.isEditing) {
            return html`<article class="question">
                <h2 class="visually-hidden">${t('message.you')}</h2>
                <message-editor .text=${this.message.text}
                    @send-edit=${({ detail }) => this.#finishEdit(detail)}
                    @cancel-edit=${() => this.#cancelEdit()}></message-editor>
            </article>`;
        }
        return html`<article class="question">
            <h2 class="visually-hidden">${t('message.you')}</h2>
            <div class="tools">
                ${this.#copyButton()}
                ${this.isLastQuestion ? tool('edit', t('message.edit'), 'pencil', () => this.edit()) : nothing}
            </div>
            <div class="bubble">${this.message.text}</div>
        </article>`;
    }

    #answer() {
        const { answer } = this.message;
        return html`<article class="answer" aria-busy=${answer.isRunning}>
            <h2 class="visually-hidden">${t('message.answer')}</h2>
            <answer-text .answer=${answer}></answer-text>
            ${answer.error === null ? nothing : html`
                <answer-error .error=${answer.error} ?canRetry=${this.isLastAnswer}></answer-error>`}
            ${answer.isRunning ? nothing : html`<div class="tools">
                ${answer.text === '' ? nothing : this.#copyButton()}
                ${this.isLastAnswer && answer.error === null
                    ? tool('regenerate', t('message.regenerate'), 'retry', () => this.emit('regenerate'))
                    : nothing}
                ${note(answer)}
                <span class="figures">${figures(answer)}</span>
            </div>`}
        </article>`;
    }

    #copyButton() {
        return tool('copy', this.isCopied ? t('copy.done') : t('message.copy'),
            this.isCopied ? 'check' : 'copy', () => this.#copy());
    }

    async #copy() {
        this.isCopied = await copyText(this.message.answer?.text ?? this.message.text);
        setTimeout(() => { this.isCopied = false; }, COPIED_MILLIS);
    }

    #finishEdit(text) {
        this.isEditing = false;
        this.emit('edit-last', text);
    }

    async #cancelEdit() {
        this.isEditing = false;
        await this.updateComplete;
        this.renderRoot.querySelector('.edit')?.focus();
    }
}

function tool(name, label, iconName, action) {
    return html`<button class="icon-button small ${name}" type="button" aria-label=${label}
        title=${label} @click=${action}>${icon(iconName)}</button>`;
}

/** Why the answer ends where it does, if that is not plain to see. */
function note(answer) {
    const text = noteText(answer);
    return text === '' ? nothing : html`<span class="note">${text}</span>`;
}

function noteText({ state, finishReason, stopReason, text }) {
    if (state === 'stopped') {
        return t('answer.stopped');
    }
    if (state === 'interrupted') {
        return t('answer.interrupted');
    }
    if (state === 'complete' && text === '') {
        return t('answer.empty');
    }
    if (stopReason === 'context_full') {
        return t('answer.contextFull');
    }
    return finishReason === 'length' ? t('answer.length') : '';
}

function figures({ tokens, rate, model }) {
    const parts = [];
    if (tokens !== null) {
        parts.push(plural('answer.tokens', tokens));
    }
    if (rate !== null) {
        parts.push(t('answer.rate', { rate: number(rate, { maximumFractionDigits: 1 }) }));
    }
    return parts.length === 0 ? nothing : html`<span title=${model}>${parts.join(' · ')}</span>`;
}

customElements.define('chat-message', ChatMessage);
