import { css, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../js/i18n.js';
import { PageElement } from './page-element.js';
import { icon } from './icons.js';
import { base, buttons } from './shared-styles.js';
import './chat-message.js';

/** So near to the end the reader counts as being there. */
const END_PIXELS = 32;

/**
 * So many messages the browser skips or shows together. At every frame it asks of each such group
 * whether it is near the window: asked of single messages, a frame of a long chat costs twice as much.
 */
const GROUP_MESSAGES = 16;

/**
 * The messages of a chat, in a box that scrolls. It follows the answer as it grows while the reader
 * is at the end, and stays put once the reader scrolls up.
 */
class ChatLog extends PageElement {
    static properties = {
        messages: { attribute: false },
        isAtEnd: { state: true },
    };

    static styles = [base, buttons, css`
        :host { position: relative; display: block; min-block-size: 0; }
        .scroller {
            block-size: 100%;
            overflow-y: auto;
            overscroll-behavior: contain;
            padding-inline: 1rem;
            scrollbar-width: thin;
            scrollbar-color: var(--line-strong) transparent;
        }
        .messages {
            max-inline-size: var(--measure);
            margin-inline: auto;
            padding-block: 1.5rem 2.5rem;
        }
        /* The browser lays out and paints only the groups near the window. */
        .group {
            content-visibility: auto;
            contain-intrinsic-block-size: auto 160rem;
        }
        chat-message { padding-block: 0.6rem; }
        .jump {
            position: absolute;
            inset-block-end: 0.75rem;
            inset-inline-start: 50%;
            translate: -50% 0;
            padding-inline: 0.8rem 1rem;
            border-color: var(--line);
            border-radius: 2rem;
            box-shadow: 0 0.25rem 1rem var(--shadow);
            font-size: 0.85rem;
        }
        @media print {
            .scroller { block-size: auto; overflow: visible; }
            .messages { max-inline-size: none; padding: 0; }
            .group { content-visibility: visible; }
            .jump { display: none; }
        }
    `];

    #growth = new ResizeObserver(() => this.#follow());
    #lastTop = 0;

    constructor() {
        super();
        this.messages = [];
        this.isAtEnd = true;
    }

    firstUpdated() {
        this.#growth.observe(this.renderRoot.querySelector('.messages'));
        this.#growth.observe(this.#scroller);
    }

    /** Goes to the end and stays there while the chat grows. */
    jumpToEnd() {
        this.isAtEnd = true;
        this.#follow();
    }

    /** Opens the editor of the reader's last message. */
    editLast() {
        this.renderRoot.querySelector('chat-message[isLastQuestion]')?.edit();
    }

    get #scroller() {
        return this.renderRoot.querySelector('.scroller');
    }

    render() {
        const lastQuestion = this.messages.findLast(({ role }) => role === 'user');
        const last = this.messages.at(-1);
        return html`
            <div class="scroller" tabindex="0" role="region" aria-label=${t('chat.messages')}
                @scroll=${this.#onScroll}>
                <div class="messages">
                    ${groups(this.messages).map((group) => html`<div class="group">
                        ${repeat(group, ({ id }) => id, (message) => html`
                            <chat-message .message=${message}
                                ?isLastAnswer=${message === last && message.role === 'assistant'}
                                ?isLastQuestion=${message === lastQuestion}></chat-message>`)}
                    </div>`)}
                </div>
            </div>
            <button class="button jump" type="button" ?hidden=${this.isAtEnd}
                @click=${this.jumpToEnd}>${icon('arrowDown')}${t('chat.jump')}</button>`;
    }

    #onScroll() {
        const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
        const isNear = scrollHeight - scrollTop - clientHeight <= END_PIXELS;
        // Growth alone moves the end away without the reader having moved: only going up counts.
        if (isNear) {
            this.isAtEnd = true;
        } else if (scrollTop < this.#lastTop) {
            this.isAtEnd = false;
        }
        this.#lastTop = scrollTop;
    }

    /** Called after layout and before painting, so following costs no layout of its own. */
    #follow() {
        if (this.isAtEnd) {
            this.#scroller.scrollTop = this.#scroller.scrollHeight;
        }
    }
}

/** Cut from the first message on, so that a new one moves none to another group. */
function groups(messages) {
    const count = Math.ceil(messages.length / GROUP_MESSAGES);
    return Array.from({ length: count }, (_, group) =>
        messages.slice(group * GROUP_MESSAGES, (group + 1) * GROUP_MESSAGES));
}

customElements.define('chat-log', ChatLog);
