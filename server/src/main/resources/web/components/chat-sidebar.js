import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { TITLE_CHARS_MAX } from '../js/chat-store.js';
import { language, LANGUAGES, t } from '../js/i18n.js';
import { isDark, onThemeChange, setTheme } from '../js/theme.js';
import { PageElement } from './page-element.js';
import { icon, mark } from './icons.js';
import { base, buttons, fields } from './shared-styles.js';

/**
 * The chats of this browser, and the page's switches. Emits `new-chat`, `open-chat` (id),
 * `rename-chat` ({id, title}), `delete-chat` (id), `open-settings`, `close-sidebar`,
 * `choose-language` (code).
 */
class ChatSidebar extends PageElement {
    static properties = {
        chats: { attribute: false },
        currentId: { type: String },
        /** Ids of the chats whose answer is being written. */
        runningIds: { attribute: false },
        renamedId: { state: true },
    };

    static styles = [base, buttons, fields, css`
        :host {
            display: flex;
            flex-direction: column;
            min-block-size: 0;
            background: var(--side);
            border-inline-end: 1px solid var(--line);
        }
        .brand {
            display: flex;
            align-items: center;
            gap: 0.55rem;
            padding: 0.75rem 0.75rem 0.25rem 1rem;
        }
        .brand .mark { inline-size: 1.8rem; block-size: 1.8rem; }
        .brand .mark .stratum { stroke: var(--side); }
        .name {
            flex: 1;
            font-family: var(--serif);
            font-size: 1.2rem;
            font-weight: 600;
            letter-spacing: 0.01em;
        }
        .new { margin: 0.6rem 0.75rem 0.75rem; justify-content: flex-start; border-color: var(--line); }
        nav { flex: 1; min-block-size: 0; overflow-y: auto; padding: 0 0.5rem; scrollbar-width: thin; }
        h2 { margin: 0.5rem 0.6rem 0.35rem; color: var(--muted); font-size: 0.78rem; font-weight: 600; }
        ul { margin: 0; padding: 0; list-style: none; }
        li {
            position: relative;
            display: flex;
            align-items: center;
            border-radius: 0.6rem;
        }
        li:hover, li:focus-within, li.current { background: var(--hover); }
        .open {
            flex: 1;
            min-inline-size: 0;
            min-block-size: 2.25rem;
            padding: 0.3rem 0.6rem;
            border: 0;
            border-radius: inherit;
            background: none;
            font-size: 0.9rem;
            text-align: start;
            white-space: nowrap;
            overflow: hidden;
            text-overflow: ellipsis;
        }
        .current .open { font-weight: 600; }
        .open:focus-visible { outline-offset: -2px; }
        .actions { display: flex; }
        li:not(.current):not(:hover):not(:focus-within) .actions {
            position: absolute;
            inset-inline-end: 0;
            opacity: 0;
            pointer-events: none;
        }
        .running {
            flex: none;
            inline-size: 0.5rem;
            block-size: 0.5rem;
            margin-inline-end: 0.7rem;
            border-radius: 50%;
            background: var(--accent);
        }
        .rename { flex: 1; min-inline-size: 0; margin: 0.1rem; padding: 0.25rem 0.5rem; font-size: 0.9rem; }
        .none { margin: 0.25rem 0.6rem; color: var(--muted); font-size: 0.875rem; }
        .plan {
            display: flex;
            align-items: center;
            gap: 0.6rem;
            min-block-size: 2.5rem;
            padding: 0.4rem 1rem;
            border-block-start: 1px solid var(--line);
            color: var(--ink);
            font-size: 0.9rem;
            text-decoration: none;
        }
        .plan:hover { background: var(--hover); }
        .plan:focus-visible { outline-offset: -2px; }
        .plan .icon { flex: none; inline-size: 1.15rem; block-size: 1.15rem; }
        .switches {
            display: flex;
            align-items: center;
            gap: 0.15rem;
            padding: 0.5rem 0.75rem;
            border-block-start: 1px solid var(--line);
        }
        .languages { display: flex; margin-inline-start: auto; }
        .languages button {
            min-inline-size: 2.25rem;
            min-block-size: 1.9rem;
            padding: 0 0.5rem;
            border: 0;
            border-radius: 0.5rem;
            background: none;
            color: var(--muted);
            font-size: 0.8rem;
            font-weight: 600;
            text-transform: uppercase;
        }
        .languages button:hover { color: var(--ink); }
        .languages button[aria-pressed="true"] { background: var(--hover); color: var(--accent); }
        @media print { :host { display: none !important; } }
    `];

    #stopTheme = () => undefined;

    constructor() {
        super();
        this.chats = [];
        this.currentId = '';
        this.runningIds = new Set();
        this.renamedId = '';
    }

    connectedCallback() {
        super.connectedCallback();
        this.#stopTheme = onThemeChange(() => this.requestUpdate());
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#stopTheme();
    }

    render() {
        return html`
            <div class="brand">
                ${mark}<span class="name">Altiplano</span>
                <button class="icon-button close" type="button" aria-label=${t('sidebar.close')}
                    title=${t('sidebar.close')} @click=${() => this.emit('close-sidebar')}>
                    ${icon('sidebar')}</button>
            </div>
            <button class="button new" type="button" @click=${() => this.emit('new-chat')}>
                ${icon('newChat')}${t('chat.new')}</button>
            <nav aria-labelledby="chats">
                <h2 id="chats">${t('sidebar.chats')}</h2>
                ${this.chats.length === 0
                    ? html`<p class="none">${t('sidebar.none')}</p>`
                    : html`<ul>${repeat(this.chats, ({ id }) => id, (chat) => this.#chat(chat))}</ul>`}
            </nav>
            <a class="plan" href="/plan/${language()}">${icon('planner')}${t('sidebar.planner')}</a>
            <div class="switches">
                ${this.#footerButton('settings', t('settings.title'), () => this.emit('open-settings'))}
                ${isDark()
                    ? this.#footerButton('sun', t('theme.toLight'), () => setTheme('light'))
                    : this.#footerButton('moon', t('theme.toDark'), () => setTheme('dark'))}
                <div class="languages" role="group" aria-label=${t('language.label')}>
                    ${Object.entries(LANGUAGES).map(([code, name]) => html`
                        <button type="button" lang=${code} aria-label=${name} title=${name}
                            aria-pressed=${code === language()}
                            @click=${() => this.emit('choose-language', code)}>${code}</button>`)}
                </div>
            </div>`;
    }

    #chat({ id, title }) {
        const isCurrent = id === this.currentId;
        if (id === this.renamedId) {
            return html`<li class="current"><input class="rename" type="text" .value=${title}
                maxlength=${TITLE_CHARS_MAX} aria-label=${t('sidebar.newName')}
                @keydown=${this.#onRenameKey} @blur=${({ target }) => this.#rename(target.value)}></li>`;
        }
        return html`<li class=${isCurrent ? 'current' : ''} data-id=${id}>
            <button class="open" type="button" title=${title} aria-current=${isCurrent ? 'true' : nothing}
                @click=${() => this.emit('open-chat', id)}>${title}</button>
            ${this.runningIds.has(id)
                ? html`<span class="running" role="img" aria-label=${t('answer.running')}></span>` : nothing}
            <span class="actions">
                ${this.#chatButton('pencil', t('sidebar.rename', { title }), () => this.#startRename(id))}
                ${this.#chatButton('trash', t('sidebar.delete', { title }), () => this.#delete(id))}
            </span>
        </li>`;
    }

    #chatButton(iconName, label, action) {
        return html`<button class="icon-button small ${iconName}" type="button" aria-label=${label}
            title=${label} @click=${action}>${icon(iconName)}</button>`;
    }

    #footerButton(iconName, label, action) {
        return html`<button class="icon-button ${iconName}" type="button" aria-label=${label}
            title=${label} @click=${action}>${icon(iconName)}</button>`;
    }

    /** The pressed button goes with its chat: the focus moves to the one that takes its place. */
    async #delete(id) {
        const place = this.chats.findIndex((chat) => chat.id === id);
        this.emit('delete-chat', id);
        await this.updateComplete;
        const next = this.chats[Math.min(place, this.chats.length - 1)];
        const target = next ? `[data-id="${next.id}"] .open` : '.new';
        this.renderRoot.querySelector(target)?.focus();
    }

    async #startRename(id) {
        this.renamedId = id;
        await this.updateComplete;
        this.renderRoot.querySelector('.rename')?.select();
    }

    async #onRenameKey(event) {
        const id = this.renamedId;
        if (event.key === 'Enter') {
            // Else the same key press would go on to the button that gets the focus.
            event.preventDefault();
            this.#rename(event.target.value);
        } else if (event.key === 'Escape') {
            event.stopPropagation();
            this.renamedId = '';
        } else {
            return;
        }
        await this.updateComplete;
        this.renderRoot.querySelector(`[data-id="${id}"] .open`)?.focus();
    }

    /** Leaving the field also comes here, when Enter or Escape has done all there is to do. */
    #rename(value) {
        const id = this.renamedId;
        this.renamedId = '';
        if (id !== '' && value.trim() !== '') {
            this.emit('rename-chat', { id, title: value.trim() });
        }
    }
}

customElements.define('chat-sidebar', ChatSidebar);
