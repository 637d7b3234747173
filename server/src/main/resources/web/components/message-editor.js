import { css, html } from 'lit';
import { t } from '../js/i18n.js';
import { PageElement } from './page-element.js';
import { growWithText, isSendKey } from './text-area.js';
import { base, buttons, fields } from './shared-styles.js';

/** Changes a message that was sent. Emits `send-edit` (detail: the text) or `cancel-edit`. */
class MessageEditor extends PageElement {
    static properties = { text: { type: String } };

    static styles = [base, buttons, fields, css`
        :host { display: block; }
        textarea {
            display: block;
            inline-size: 100%;
            max-block-size: 50vh;
            field-sizing: content;
            border-radius: var(--radius);
            resize: none;
        }
        .actions { display: flex; justify-content: flex-end; gap: 0.5rem; margin-block: 0.5rem; }
    `];

    focus() {
        const area = this.#area;
        area.focus();
        area.setSelectionRange(area.value.length, area.value.length);
        growWithText(area);
    }

    get #area() {
        return this.renderRoot.querySelector('textarea');
    }

    render() {
        return html`
            <textarea rows="2" aria-label=${t('message.edit')} .value=${this.text}
                @input=${({ target }) => growWithText(target)} @keydown=${this.#onKey}></textarea>
            <div class="actions">
                <button class="button" type="button" @click=${() => this.emit('cancel-edit')}>
                    ${t('dialog.cancel')}</button>
                <button class="button primary" type="button" @click=${this.#send}>${t('composer.send')}</button>
            </div>`;
    }

    #onKey(event) {
        if (event.key === 'Escape') {
            event.stopPropagation();
            this.emit('cancel-edit');
        } else if (isSendKey(event)) {
            event.preventDefault();
            this.#send();
        }
    }

    #send() {
        if (this.#area.value.trim() !== '') {
            this.emit('send-edit', this.#area.value);
        }
    }
}

customElements.define('message-editor', MessageEditor);
