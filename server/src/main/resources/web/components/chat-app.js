import { css, html, nothing } from 'lit';
import { announce, clearAnnouncements, setLiveRegion } from '../js/announcer.js';
import { ChatStore } from '../js/chat-store.js';
import { Conversation } from '../js/conversation.js';
import { setLanguage, t } from '../js/i18n.js';
import { ServerStatus } from '../js/server-status.js';
import { readText, writeText } from '../js/storage.js';
import { PageElement } from './page-element.js';
import { icon } from './icons.js';
import { base, buttons, fields } from './shared-styles.js';
import { isTouchScreen } from './text-area.js';
import './chat-log.js';
import './chat-sidebar.js';
import './message-composer.js';
import './page-toast.js';
import './settings-dialog.js';
import './start-screen.js';

const narrow = window.matchMedia('(max-width: 48rem)');

/** The whole page: holds the current chat and the running ones, and connects the parts. */
class ChatApp extends PageElement {
    static properties = {
        conversation: { state: true },
        isSidebarOpen: { state: true },
        chosenModel: { state: true },
    };

    static styles = [base, buttons, fields, css`
        :host { display: flex; block-size: 100dvh; overflow: hidden; }
        aside { flex: none; display: flex; inline-size: 17rem; }
        aside chat-sidebar { flex: 1; min-inline-size: 0; }
        .main { flex: 1; min-inline-size: 0; min-block-size: 0; display: flex; flex-direction: column; }
        .bar {
            display: flex;
            align-items: center;
            gap: 0.25rem;
            min-block-size: 3.25rem;
            padding: 0.25rem 0.75rem;
        }
        .model {
            display: flex;
            align-items: center;
            gap: 0.5rem;
            min-inline-size: 0;
            padding-inline: 0.4rem;
            color: var(--muted);
            font-size: 0.9rem;
        }
        .model .model-name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--ink); }
        .model select { min-block-size: 2.25rem; max-inline-size: 100%; font-size: 0.9rem; }
        .state { flex: none; inline-size: 0.55rem; block-size: 0.55rem; border-radius: 50%; background: var(--line-strong); }
        .state.ready { background: light-dark(#3d7a37, #86c77e); }
        .state.down { background: var(--alert); }
        .down-note {
            display: flex;
            align-items: center;
            justify-content: center;
            gap: 0.5rem;
            margin: 0 1rem 0.5rem;
            padding: 0.5rem 1rem;
            border-radius: var(--radius);
            background: var(--alert-ground);
            color: var(--alert);
            font-size: 0.9rem;
        }
        chat-log, start-screen { flex: 1; }
        .skip {
            position: absolute;
            z-index: 30;
            inset: 0.5rem auto auto 0.5rem;
        }
        .skip:not(:focus) { translate: 0 -6rem; }
        .drawer {
            inline-size: min(19rem, 100vw - 3.5rem);
            block-size: 100dvh;
            max-block-size: none;
            margin: 0;
            padding: 0;
            border: 0;
            background: none;
            color: inherit;
            box-shadow: 0 0 2rem var(--shadow);
        }
        .drawer::backdrop { background: rgb(10 10 15 / 45%); }
        .drawer chat-sidebar { inline-size: 100%; block-size: 100%; }
        @media print {
            :host, .main { display: block; block-size: auto; overflow: visible; }
            .bar button, .down-note, .state { display: none; }
        }
    `];

    #store = new ChatStore();
    #server = new ServerStatus();
    /** Chats whose answer is being written, by id: they go on when the reader opens another. */
    #running = new Map();
    #findModel = async () => {
        await this.#server.known();
        return this.#model;
    };

    constructor() {
        super();
        this.chosenModel = '';
        this.conversation = this.#fromAddress();
        this.isSidebarOpen = !narrow.matches && readText('sidebar') !== 'closed';
        this.#store.addEventListener('change', () => this.requestUpdate());
        this.#server.addEventListener('change', () => this.requestUpdate());
        narrow.addEventListener('change', () => { this.isSidebarOpen = !narrow.matches; });
        window.addEventListener('popstate', () => this.#show(this.#fromAddress()));
        document.addEventListener('visibilitychange', () => this.#onHidden());
        window.addEventListener('pagehide', () => this.#running.forEach((chat) => chat.leave()));
        window.addEventListener('keydown', (event) => this.#onKey(event));
    }

    firstUpdated() {
        setLiveRegion(this.renderRoot.querySelector('.live'));
        this.#server.check();
        this.#show(this.conversation);
    }

    updated() {
        const drawer = this.renderRoot.querySelector('.drawer:not([open])');
        drawer?.showModal();
        const { title } = this.conversation;
        document.title = title === '' ? 'Altiplano' : `${title} · Altiplano`;
    }

    get #composer() {
        return this.renderRoot.querySelector('message-composer');
    }

    get #model() {
        const ids = this.#server.models.map(({ id }) => id);
        return ids.includes(this.chosenModel) ? this.chosenModel : (ids[0] ?? '');
    }

    render() {
        const { conversation } = this;
        return html`
            <button class="button skip" type="button" @click=${() => this.#composer.focus()}>
                ${t('page.skip')}</button>
            ${this.#sidebar()}
            <div class="main">
                ${this.#bar()}
                ${this.#server.state === 'down'
                    ? html`<div class="down-note" role="alert">${icon('warning')}${t('server.down')}</div>`
                    : nothing}
                <main class="main" @send=${({ detail }) => this.#send(detail)}
                    @edit-last=${({ detail }) => this.#editLast(detail)}
                    @regenerate=${() => this.#regenerate()} @new-chat=${() => this.#startNew()}
                    @edit-open=${() => this.#log?.editLast()} @stop=${() => conversation.stop()}>
                    ${conversation.isEmpty
                        ? html`<start-screen></start-screen>`
                        : html`<h1 class="visually-hidden">${conversation.title}</h1><chat-log .messages=${conversation.messages}></chat-log>`}
                    <message-composer ?isAnswering=${conversation.isAnswering}></message-composer>
                </main>
            </div>
            <settings-dialog @choose-language=${({ detail }) => this.#chooseLanguage(detail)}
                @delete-all=${() => this.#deleteAll()}></settings-dialog>
            <page-toast></page-toast>
            <div class="live visually-hidden" role="log" aria-live="polite" aria-label=${t('page.live')}></div>`;
    }

    /** Beside the chat, or on a narrow page over it. */
    #sidebar() {
        if (!this.isSidebarOpen) {
            return nothing;
        }
        if (!narrow.matches) {
            return html`<aside aria-label=${t('sidebar.label')}>${this.#sidebarContent()}</aside>`;
        }
        return html`<dialog class="drawer" aria-label=${t('sidebar.label')}
            @close=${() => this.#setSidebar(false)}
            @click=${({ target, currentTarget }) => target === currentTarget && this.#setSidebar(false)}
            >${this.#sidebarContent()}</dialog>`;
    }

    #sidebarContent() {
        return html`<chat-sidebar
            .chats=${this.#store.list()} .currentId=${this.conversation.id}
            .runningIds=${new Set(this.#running.keys())}
            @new-chat=${() => this.#startNew()} @open-chat=${({ detail }) => this.#open(detail)}
            @rename-chat=${({ detail }) => this.#rename(detail)}
            @delete-chat=${({ detail }) => this.#delete(detail)}
            @open-settings=${() => this.#openSettings()} @close-sidebar=${() => this.#setSidebar(false)}
            @choose-language=${({ detail }) => this.#chooseLanguage(detail)}></chat-sidebar>`;
    }

    #bar() {
        return html`<header class="bar">
            ${this.isSidebarOpen && !narrow.matches ? nothing : html`
                <button class="icon-button show-sidebar" type="button" aria-label=${t('sidebar.open')}
                    title=${t('sidebar.open')} @click=${() => this.#setSidebar(true)}>${icon('sidebar')}</button>
                <button class="icon-button" type="button" aria-label=${t('chat.new')} title=${t('chat.new')}
                    @click=${() => this.#startNew()}>${icon('newChat')}</button>`}
            <div class="model">
                <span class="state ${this.#server.state}"></span>
                ${this.#modelName()}
            </div>
        </header>`;
    }

    #modelName() {
        const { state, models } = this.#server;
        if (models.length > 1) {
            return html`<select aria-label=${t('model.label')}
                @change=${({ target }) => { this.chosenModel = target.value; }}>
                ${models.map(({ id }) => html`<option .selected=${id === this.#model}>${id}</option>`)}
            </select>`;
        }
        const text = state === 'connecting' ? t('server.connecting') : (models[0]?.id ?? t('server.noModel'));
        return html`<span class="visually-hidden">${t('model.label')}</span>
            <span class="model-name" title=${text}>${text}</span>`;
    }

    get #log() {
        return this.renderRoot.querySelector('chat-log');
    }

    get #settings() {
        return this.renderRoot.querySelector('settings-dialog');
    }

    #send(text) {
        this.#run((conversation) => conversation.send(text, this.#findModel));
    }

    #regenerate() {
        this.#run((conversation) => conversation.regenerate(this.#findModel));
    }

    #editLast(text) {
        this.#run((conversation) => conversation.editLast(text, this.#findModel));
    }

    /** Lets the current chat answer. It may go on in the background while others are open. */
    async #run(action) {
        const { conversation } = this;
        if (conversation.isAnswering) {
            return;
        }
        const onChange = () => this.requestUpdate();
        clearAnnouncements();
        announce(t('answer.running'));
        conversation.addEventListener('change', onChange);
        this.#running.set(conversation.id, conversation);
        this.#putIntoAddress(conversation.id);
        const done = action(conversation);
        await this.updateComplete;
        this.#composer.focus();
        this.#log?.jumpToEnd();
        await done;
        this.#running.delete(conversation.id);
        conversation.removeEventListener('change', onChange);
        this.#finished(conversation.messages.at(-1).answer);
        this.requestUpdate();
    }

    #finished({ state, error }) {
        announce(state === 'failed' ? t('answer.failed') : t('answer.done'));
        if (error?.kind === 'unreachable') {
            this.#server.reportDown();
        }
    }

    #startNew() {
        history.pushState(null, '', location.pathname);
        this.#show(new Conversation(this.#store));
    }

    #open(id) {
        history.pushState(null, '', `#${id}`);
        this.#show(this.#fromAddress());
    }

    async #show(conversation) {
        if (narrow.matches) {
            this.isSidebarOpen = false;
        }
        this.conversation = conversation;
        await this.updateComplete;
        this.#log?.jumpToEnd();
        if (!isTouchScreen()) {
            this.#composer.focus();
        }
    }

    /** The chat that the address names; a new one where it names none. */
    #fromAddress() {
        const id = location.hash.slice(1);
        const chat = this.#running.get(id) ?? this.#store.load(id);
        return chat instanceof Conversation ? chat : new Conversation(this.#store, chat);
    }

    #putIntoAddress(id) {
        if (location.hash.slice(1) !== id) {
            history.replaceState(null, '', `#${id}`);
        }
    }

    #rename({ id, title }) {
        this.#store.rename(id, title);
        for (const chat of [this.conversation, ...this.#running.values()]) {
            if (chat.id === id) {
                chat.title = title;
            }
        }
    }

    #delete(id) {
        this.#running.get(id)?.discard();
        const removed = this.#store.remove(id);
        if (this.conversation.id === id) {
            this.#startNew();
        }
        this.#toast.show(t('chat.deleted'), () => {
            this.#store.save(removed);
            this.#open(id);
        });
    }

    #deleteAll() {
        this.#running.forEach((chat) => chat.discard());
        this.#store.removeAll();
        this.#startNew();
    }

    get #toast() {
        return this.renderRoot.querySelector('page-toast');
    }

    async #chooseLanguage(code) {
        try {
            await setLanguage(code);
        } catch (notLoaded) {
            this.#toast.show(t('language.failed'));
        }
    }

    /** Closes the drawer first: one thing over the chat is enough. */
    async #openSettings() {
        if (narrow.matches) {
            await this.#setSidebar(false);
        }
        this.#settings.open();
    }

    async #setSidebar(isOpen) {
        this.isSidebarOpen = isOpen;
        if (!narrow.matches) {
            writeText('sidebar', isOpen ? 'open' : 'closed');
        }
        await this.updateComplete;
        const next = isOpen ? this.renderRoot.querySelector('chat-sidebar') : null;
        await next?.updateComplete;
        (next?.renderRoot.querySelector('.close') ?? this.renderRoot.querySelector('.show-sidebar'))?.focus();
    }

    /** A hidden page may be ended without another word (phones do): saves what has come so far. */
    #onHidden() {
        if (document.hidden) {
            this.#running.forEach((chat) => chat.save());
        }
    }

    #onKey(event) {
        if (event.key === 'Escape') {
            if (this.renderRoot.querySelector('.drawer') === null && !this.#settings.isOpen) {
                this.conversation.stop();
            }
        } else if (event.key.toLowerCase() === 'o' && event.shiftKey && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            this.#startNew();
        }
    }
}

customElements.define('chat-app', ChatApp);
