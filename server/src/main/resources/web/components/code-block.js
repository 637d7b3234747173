import { css, html } from 'lit';
import { highlight } from '../js/highlight.js';
import { copyText } from '../js/clipboard.js';
import { t } from '../js/i18n.js';
import { whenNear } from '../js/when-near.js';
import { PageElement } from './page-element.js';
import { icon } from './icons.js';
import { base, buttons } from './shared-styles.js';
import './scroll-box.js';

const COPIED_MILLIS = 2_000;

/**
 * The frame of a code block: language, wrap and copy buttons. The code itself, pre > code, is its
 * child, so that the renderer can grow it; it is coloured once, when `closed` says that it is whole.
 */
class CodeBlock extends PageElement {
    static properties = {
        closed: { type: Boolean },
        isWrapped: { state: true },
        isCopied: { state: true },
    };

    static styles = [base, buttons, css`
        :host {
            display: block;
            margin-block: 0.9rem;
            border: 1px solid var(--line);
            border-radius: var(--radius);
            background: var(--code-ground);
            break-inside: avoid-page;
        }
        .head {
            display: flex;
            align-items: center;
            gap: 0.15rem;
            padding: 0.15rem 0.3rem 0.15rem 0.9rem;
            border-block-end: 1px solid var(--line);
            color: var(--muted);
            font-size: 0.8rem;
        }
        .language { flex: 1; font-family: var(--mono); }
        button[aria-pressed="true"] { color: var(--accent); }
        .wrapped ::slotted(pre) { white-space: pre-wrap !important; overflow-wrap: anywhere; }
        @media print {
            button { display: none !important; }
            ::slotted(pre) { white-space: pre-wrap !important; overflow-wrap: anywhere; }
        }
    `];

    #isHighlighted = false;
    #giveUp = () => undefined;

    constructor() {
        super();
        this.isWrapped = false;
        this.isCopied = false;
    }

    get #code() {
        return this.querySelector('code');
    }

    get #language() {
        return this.#code?.className.match(/language-(\S+)/)?.[1] ?? '';
    }

    connectedCallback() {
        super.connectedCallback();
        if (this.hasUpdated) {
            this.#highlightWhenNear();
        }
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#giveUp();
    }

    updated(changed) {
        if (changed.has('closed')) {
            this.#highlightWhenNear();
        }
    }

    /** A long chat opens without colouring all of its code. */
    #highlightWhenNear() {
        if (this.closed && !this.#isHighlighted) {
            this.#giveUp();
            this.#giveUp = whenNear(this, () => this.#highlight());
        }
    }

    #highlight() {
        this.#isHighlighted = true;
        highlight(this.#code, this.#language);
    }

    render() {
        const language = this.#language;
        const label = language === '' ? t('code.label') : t('code.labelOf', { language });
        return html`
            <div class="head">
                <span class="language">${language === '' ? t('code.plain') : language}</span>
                <button class="icon-button small" type="button" aria-pressed=${this.isWrapped}
                    aria-label=${t('code.wrap')} title=${t('code.wrap')}
                    @click=${() => { this.isWrapped = !this.isWrapped; }}>${icon('wrap')}</button>
                <button class="icon-button small copy" type="button"
                    aria-label=${this.isCopied ? t('copy.done') : t('code.copy')}
                    title=${this.isCopied ? t('copy.done') : t('code.copy')}
                    @click=${this.#copy}>${icon(this.isCopied ? 'check' : 'copy')}</button>
            </div>
            <scroll-box .label=${label} class=${this.isWrapped ? 'wrapped' : ''}><slot></slot></scroll-box>`;
    }

    async #copy() {
        this.isCopied = await copyText(this.#code.textContent);
        setTimeout(() => { this.isCopied = false; }, COPIED_MILLIS);
    }
}

customElements.define('code-block', CodeBlock);
