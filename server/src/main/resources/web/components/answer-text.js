import { css, html, LitElement } from 'lit';
import { announce } from '../js/announcer.js';
import { BlockRenderer } from '../js/block-renderer.js';
import { base } from './shared-styles.js';
import { markdownStyles } from './markdown-styles.js';
import './code-block.js';
import './table-block.js';

/** A long unfinished block is parsed again less often than at every frame. */
const LONG_BLOCK_CHARS = 8 << 10;
const LONG_BLOCK_MILLIS = 100;

/**
 * The text of an answer. While it is being written, all tokens of a frame are shown at once; the
 * renderer sees to it that only the unfinished block costs anything. Lit is not asked again.
 */
class AnswerText extends LitElement {
    static properties = { answer: { attribute: false } };

    static styles = [base, markdownStyles, css`
        :host { display: block; }
        .waiting { display: flex; align-items: end; block-size: 1.6rem; }
        .ridge { inline-size: 3.4rem; block-size: 1.3rem; overflow: visible; }
        .ridge path {
            fill: none;
            stroke: var(--accent);
            stroke-width: 2;
            stroke-linecap: round;
            stroke-linejoin: round;
            stroke-dasharray: 22 78;
            animation: walk 1.6s linear infinite;
        }
        .ridge .trail { stroke: var(--line); stroke-dasharray: none; animation: none; }
        @keyframes walk { from { stroke-dashoffset: 100; } to { stroke-dashoffset: 0; } }
        @media (prefers-reduced-motion: reduce) {
            .ridge path { stroke-dasharray: none; }
        }
    `];

    #renderer = null;
    #frame = 0;
    #shownMillis = 0;
    #onText = ({ detail }) => this.#append(detail);
    #onChange = () => this.#change();

    render() {
        return html`<div class="blocks"></div><div class="waiting" hidden>
            <svg class="ridge" viewBox="0 0 54 20" aria-hidden="true">
                <path class="trail" d="M2 18 L12 5 H24 L28 11 H36 L42 18 H52"/>
                <path d="M2 18 L12 5 H24 L28 11 H36 L42 18 H52" pathLength="100"/>
            </svg></div>`;
    }

    updated(changed) {
        if (changed.has('answer')) {
            this.#leave(changed.get('answer'));
            this.#show();
        }
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#leave(this.answer);
    }

    connectedCallback() {
        super.connectedCallback();
        if (this.hasUpdated) {
            this.#show();
        }
    }

    #show() {
        const { answer } = this;
        const isLive = answer.isRunning;
        const blocks = this.renderRoot.querySelector('.blocks');
        this.#renderer = new BlockRenderer(blocks, isLive ? announceAll : undefined);
        this.#renderer.append(answer.text);
        if (isLive) {
            answer.addEventListener('text', this.#onText);
            answer.addEventListener('change', this.#onChange);
            this.#renderer.flush();
        } else {
            this.#renderer.finish(answer.text);
        }
        this.#showWaiting();
    }

    #leave(answer) {
        cancelAnimationFrame(this.#frame);
        this.#frame = 0;
        answer?.removeEventListener('text', this.#onText);
        answer?.removeEventListener('change', this.#onChange);
    }

    #append(text) {
        this.#renderer.append(text);
        this.#frame ||= requestAnimationFrame((now) => this.#flush(now));
    }

    #flush(now) {
        const isLong = this.#renderer.activeChars > LONG_BLOCK_CHARS;
        if (isLong && now - this.#shownMillis < LONG_BLOCK_MILLIS) {
            this.#frame = requestAnimationFrame((later) => this.#flush(later));
            return;
        }
        this.#frame = 0;
        this.#shownMillis = now;
        this.#renderer.flush();
    }

    #change() {
        this.#showWaiting();
        if (!this.answer.isRunning) {
            this.#leave(this.answer);
            this.#renderer.finish(this.answer.text);
        }
    }

    #showWaiting() {
        this.renderRoot.querySelector('.waiting').hidden = this.answer.state !== 'waiting';
    }
}

function announceAll(nodes) {
    for (const node of nodes) {
        announce(node.textContent);
    }
}

customElements.define('answer-text', AnswerText);
