import { css, html, nothing } from 'lit';
import { plural, t } from '../js/i18n.js';
import { PageElement } from './page-element.js';
import { icon } from './icons.js';
import { base, buttons } from './shared-styles.js';

/** What each kind of js/api.js ApiError is called and what the reader can do. */
const TEXTS = {
    unreachable: () => [t('error.unreachable.title'), t('error.unreachable.advice')],
    broken: () => [t('error.broken.title'), t('error.broken.advice')],
    busy: () => [t('error.busy.title'), t('error.busy.advice')],
    loading: () => [t('error.loading.title'), t('error.loading.advice')],
    context: () => [t('error.context.title'), t('error.context.advice')],
    rejected: () => [t('error.rejected.title'), t('error.rejected.advice')],
    server: () => [t('error.server.title'), t('error.server.advice')],
};

/** Why there is no answer, in words, with a way on. */
class AnswerError extends PageElement {
    static properties = {
        error: { attribute: false },
        canRetry: { type: Boolean },
    };

    static styles = [base, buttons, css`
        :host {
            display: grid;
            grid-template-columns: auto 1fr;
            gap: 0.15rem 0.75rem;
            margin-block: 0.75rem 0.25rem;
            padding: 0.85rem 1rem;
            border: 1px solid color-mix(in srgb, var(--alert) 45%, transparent);
            border-radius: var(--radius);
            background: var(--alert-ground);
        }
        .sign { color: var(--alert); grid-row: 1 / span 3; margin-block-start: 0.15rem; }
        p { margin: 0; }
        .title { font-weight: 600; }
        .advice { font-size: 0.925rem; }
        .said {
            grid-column: 2;
            color: var(--muted);
            font-size: 0.85rem;
            overflow-wrap: anywhere;
        }
        .actions { grid-column: 2; display: flex; flex-wrap: wrap; gap: 0.5rem; margin-block-start: 0.6rem; }
        @media print { .actions { display: none; } }
    `];

    render() {
        const { kind, message, retrySeconds } = this.error;
        const [title, advice] = (TEXTS[kind] ?? TEXTS.server)();
        const wait = retrySeconds === null ? '' : plural('error.retryIn', retrySeconds);
        return html`
            <span class="sign">${icon('warning')}</span>
            <p class="title">${title}</p>
            <p class="advice">${advice} ${wait}</p>
            ${message === '' ? nothing : html`<p class="said">${t('error.said', { message })}</p>`}
            ${this.canRetry ? this.#actions(kind) : nothing}`;
    }

    #actions(kind) {
        return html`<div class="actions">
            <button class="button retry" type="button" @click=${() => this.emit('regenerate')}>
                ${icon('retry')}${t('error.retry')}</button>
            ${kind === 'context' ? html`<button class="button" type="button"
                @click=${() => this.emit('new-chat')}>${icon('newChat')}${t('chat.new')}</button>` : nothing}
        </div>`;
    }
}

customElements.define('answer-error', AnswerError);
