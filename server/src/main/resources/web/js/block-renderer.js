// The incremental renderer of one answer. The text is cut into markdown blocks; a finished block is
// parsed, sanitised and put into the document once and then never touched again. Only the block
// that is still being written is parsed again, so a token costs the same after ten lines as after
// ten thousand.
//
// In the container stand the frozen nodes and, last, the box of the unfinished block:
//
//     <p>…</p> <code-block closed>…</code-block> … <div class="active">…</div>
import { closeHalfTyped } from './half-typed.js';
import { blockTokens, render, topHeadingDepth } from './markdown.js';
import { isClosedFence, OpenFence } from './open-fence.js';
import { patch } from './patch.js';

export class BlockRenderer {
    #container;
    #active = document.createElement('div');
    #onFrozen;
    /** The text after the last frozen block. */
    #tail = '';
    /** Whether a line was completed since the last look for finished blocks. */
    #hasNewLine = false;
    /** @type {OpenFence|null} the code block that the tail consists of, while it is open */
    #fence = null;
    #links = Object.create(null);
    #hasFrozen = false;
    /** Depth of the answer's first heading. */
    #topDepth = null;

    /**
     * @param {HTMLElement} container is filled, and belongs to the renderer
     * @param {(nodes: Element[]) => void} onFrozen is given each run of finished blocks
     */
    constructor(container, onFrozen = () => undefined) {
        this.#container = container;
        this.#active.className = 'active';
        this.#onFrozen = onFrozen;
        container.replaceChildren(this.#active);
    }

    /** Characters that the next flush may have to parse again. */
    get activeChars() {
        return this.#fence === null ? this.#tail.length : 0;
    }

    /** Takes more text; nothing is shown before flush. */
    append(text) {
        const plain = text.replaceAll('\r', '');
        this.#tail += plain;
        this.#hasNewLine ||= plain.includes('\n');
        this.#fence?.append(plain);
    }

    /** Shows all text taken so far. */
    flush() {
        if (this.#fence !== null && !this.#fence.isClosed) {
            this.#fence.show();
            return;
        }
        this.#fence = null;
        if (this.#hasNewLine) {
            this.#hasNewLine = false;
            this.#freezeFinished();
        }
        this.#fence = OpenFence.at(this.#tail, this.#active);
        if (this.#fence === null) {
            // A copy of the links: half an address must not be remembered.
            const links = Object.assign(Object.create(null), this.#links);
            this.#show(blockTokens(closeHalfTyped(this.#tail), links));
        }
    }

    /**
     * The text is complete: freezes what is left.
     *
     * @param {string} text all text that was appended. It is read only if link definitions came
     *     after the blocks that use them: then everything is rendered once more.
     */
    finish(text) {
        this.#fence = null;
        const tokens = blockTokens(this.#tail, this.#links);
        if (this.#hasFrozen && Object.keys(this.#links).length > 0) {
            this.#container.replaceChildren(this.#active);
            this.#topDepth = null;
            this.#freeze(blockTokens(text.replaceAll('\r', ''), Object.create(null)));
        } else {
            this.#freeze(tokens);
        }
        this.#tail = '';
        this.#active.remove();
    }

    #freezeFinished() {
        const lines = this.#tail.slice(0, this.#tail.lastIndexOf('\n') + 1);
        const tokens = blockTokens(lines, this.#links);
        const finished = tokens.slice(0, finishedCount(tokens));
        if (finished.length > 0) {
            this.#freeze(finished);
            this.#tail = this.#tail.slice(finished.reduce((sum, { raw }) => sum + raw.length, 0));
        }
    }

    #show(tokens) {
        patch(this.#active, render(tokens, this.#topDepth ?? topHeadingDepth(tokens)));
    }

    /** The nodes of the active box are kept where they are equal: a selection in them survives. */
    #freeze(tokens) {
        this.#topDepth ??= topHeadingDepth(tokens);
        this.#show(tokens);
        for (const code of this.#active.querySelectorAll('code-block')) {
            code.setAttribute('closed', '');
        }
        this.#hasFrozen = true;
        const nodes = [...this.#active.children];
        this.#active.before(...this.#active.childNodes);
        this.#onFrozen(nodes);
    }
}

/**
 * How many tokens of a text of complete lines more text cannot change: all before the last block,
 * and that one too where its own end can be seen.
 */
function finishedCount(tokens) {
    const last = tokens.findLastIndex(({ type }) => type !== 'space');
    return last >= 0 && isClosed(tokens[last], tokens[last + 1]) ? tokens.length : Math.max(last, 0);
}

function isClosed({ type, raw }, following) {
    switch (type) {
        case 'heading':
        case 'hr':
            return true;
        case 'code':
            return isClosedFence(raw);
        case 'paragraph':
        case 'table':
            return /\n[ \t]*\n$/.test(raw + (following?.raw ?? ''));
        default:
            return false;
    }
}
