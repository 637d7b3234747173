import { css, html } from 'lit';
import { live } from 'lit/directives/live.js';
import { language, LANGUAGES, number, t } from '../js/i18n.js';
import {
    DEFAULTS, saveSettings, settings, SYSTEM_PROMPT_CHARS_MAX, TEMPERATURE_MAX,
} from '../js/settings.js';
import { onThemeChange, setTheme, theme, THEMES } from '../js/theme.js';
import { PageElement } from './page-element.js';
import { icon } from './icons.js';
import { base, buttons, fields } from './shared-styles.js';

const THEME_NAMES = {
    system: () => t('theme.system'),
    light: () => t('theme.light'),
    dark: () => t('theme.dark'),
};

/** The settings, each in force as soon as it is changed. Emits `choose-language`, `delete-all`. */
class SettingsDialog extends PageElement {
    static properties = { isSure: { state: true } };

    static styles = [base, buttons, fields, css`
        dialog {
            inline-size: min(36rem, 100vw - 2rem);
            max-block-size: min(46rem, 100dvh - 2rem);
            padding: 0;
            border: 1px solid var(--line);
            border-radius: 1rem;
            background: var(--ground);
            color: var(--ink);
            box-shadow: 0 1.5rem 4rem var(--shadow);
        }
        dialog::backdrop { background: rgb(10 10 15 / 45%); }
        .head {
            position: sticky;
            inset-block-start: 0;
            z-index: 1;
            display: flex;
            align-items: center;
            justify-content: space-between;
            padding: 0.75rem 0.75rem 0.75rem 1.5rem;
            border-block-end: 1px solid var(--line);
            background: var(--ground);
        }
        h2 { margin: 0; font-family: var(--serif); font-size: 1.25rem; font-weight: 600; }
        .body { display: grid; gap: 1.5rem; padding: 1.25rem 1.5rem 1.5rem; }
        h3 { margin: 0 0 0.35rem; font-size: 0.95rem; font-weight: 600; }
        label { font-size: 0.95rem; font-weight: 600; }
        .help { margin: 0.1rem 0 0.45rem; color: var(--muted); font-size: 0.85rem; line-height: 1.45; }
        textarea { display: block; inline-size: 100%; min-block-size: 6rem; }
        .range { display: flex; align-items: center; gap: 1rem; }
        .range input { flex: 1; min-inline-size: 0; block-size: 1.75rem; }
        output { min-inline-size: 2.5rem; text-align: end; font-variant-numeric: tabular-nums; }
        .number { inline-size: 9rem; }
        fieldset { margin: 0; padding: 0; border: 0; }
        legend { padding: 0; margin-block-end: 0.4rem; font-size: 0.95rem; font-weight: 600; }
        .choices { display: flex; flex-wrap: wrap; gap: 0.5rem; }
        .choices label {
            display: inline-flex;
            align-items: center;
            gap: 0.5rem;
            min-block-size: 2.25rem;
            padding: 0.25rem 0.85rem;
            border: 1px solid var(--line-strong);
            border-radius: 0.6rem;
            background: var(--surface);
            font-weight: 400;
            cursor: pointer;
        }
        .choices label:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
        dl { display: grid; grid-template-columns: auto 1fr; gap: 0.35rem 1rem; margin: 0; font-size: 0.9rem; }
        dt kbd {
            padding: 0.1rem 0.4rem;
            border: 1px solid var(--line-strong);
            border-block-end-width: 2px;
            border-radius: 0.35rem;
            font: 0.8rem var(--mono);
            white-space: nowrap;
        }
        dd { margin: 0; color: var(--muted); }
        .row { display: flex; flex-wrap: wrap; gap: 0.5rem; }
    `];

    #stopTheme = () => undefined;

    constructor() {
        super();
        this.isSure = false;
    }

    connectedCallback() {
        super.connectedCallback();
        this.#stopTheme = onThemeChange(() => this.requestUpdate());
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#stopTheme();
    }

    open() {
        this.isSure = false;
        this.requestUpdate();
        this.#dialog.showModal();
    }

    get isOpen() {
        return this.#dialog.open;
    }

    get #dialog() {
        return this.renderRoot.querySelector('dialog');
    }

    render() {
        return html`
            <dialog aria-labelledby="title" @click=${this.#onBackdrop}>
                <div class="head">
                    <h2 id="title">${t('settings.title')}</h2>
                    <button class="icon-button" type="button" aria-label=${t('dialog.close')}
                        title=${t('dialog.close')} @click=${() => this.#dialog.close()}>${icon('close')}</button>
                </div>
                <div class="body">
                    ${this.#answers(settings())}
                    ${this.#looks()}
                    ${this.#keys()}
                    ${this.#data()}
                </div>
            </dialog>`;
    }

    #answers({ systemPrompt, temperature, maxTokens }) {
        return html`
            <div>
                <label for="system">${t('settings.system')}</label>
                <p class="help" id="system-help">${t('settings.systemHelp')}</p>
                <textarea id="system" aria-describedby="system-help" .value=${live(systemPrompt)}
                    maxlength=${SYSTEM_PROMPT_CHARS_MAX}
                    @change=${({ target }) => this.#save({ systemPrompt: target.value })}></textarea>
            </div>
            <div>
                <label for="temperature">${t('settings.temperature')}</label>
                <p class="help" id="temperature-help">${t('settings.temperatureHelp')}</p>
                <div class="range">
                    <input id="temperature" type="range" min="0" max=${TEMPERATURE_MAX} step="0.1"
                        aria-describedby="temperature-help" .value=${live(String(temperature))}
                        @input=${({ target }) => this.#save({ temperature: Number(target.value) })}>
                    <output for="temperature">${number(temperature, { minimumFractionDigits: 1 })}</output>
                </div>
            </div>
            <div>
                <label for="tokens">${t('settings.maxTokens')}</label>
                <p class="help" id="tokens-help">${t('settings.maxTokensHelp')}</p>
                <input id="tokens" class="number" type="number" min="1" step="1" inputmode="numeric"
                    aria-describedby="tokens-help" placeholder=${t('settings.noLimit')}
                    .value=${live(maxTokens === null ? '' : String(maxTokens))}
                    @change=${({ target }) => this.#save({ maxTokens: Number(target.value) || null })}>
            </div>`;
    }

    #looks() {
        return html`
            <fieldset>
                <legend>${t('theme.label')}</legend>
                <div class="choices">${THEMES.map((name) => html`
                    <label><input type="radio" name="theme" .checked=${live(name === theme())}
                        @change=${() => setTheme(name)}>${THEME_NAMES[name]()}</label>`)}
                </div>
            </fieldset>
            <fieldset>
                <legend>${t('language.label')}</legend>
                <div class="choices">${Object.entries(LANGUAGES).map(([code, name]) => html`
                    <label lang=${code}><input type="radio" name="language"
                        .checked=${live(code === language())}
                        @change=${() => this.emit('choose-language', code)}>${name}</label>`)}
                </div>
            </fieldset>`;
    }

    #keys() {
        return html`
            <div>
                <h3>${t('keys.title')}</h3>
                <dl>
                    <dt><kbd>Enter</kbd></dt><dd>${t('keys.send')}</dd>
                    <dt><kbd>Shift + Enter</kbd></dt><dd>${t('keys.newLine')}</dd>
                    <dt><kbd>Esc</kbd></dt><dd>${t('keys.stop')}</dd>
                    <dt><kbd>↑</kbd></dt><dd>${t('keys.edit')}</dd>
                    <dt><kbd>Ctrl + Shift + O</kbd></dt><dd>${t('keys.newChat')}</dd>
                </dl>
            </div>`;
    }

    #data() {
        return html`
            <div>
                <h3>${t('settings.data')}</h3>
                <p class="help">${t('settings.dataHelp')}</p>
                <div class="row">
                    <button class="button" type="button" @click=${() => this.#save(DEFAULTS)}>
                        ${t('settings.reset')}</button>
                    <button class="button danger" type="button" @click=${this.#deleteAll}>
                        ${icon('trash')}${this.isSure ? t('settings.deleteAllSure') : t('settings.deleteAll')}</button>
                </div>
            </div>`;
    }

    #save(changed) {
        saveSettings(changed);
        this.requestUpdate();
    }

    /** The first press asks, the second does it. */
    #deleteAll() {
        if (this.isSure) {
            this.emit('delete-all');
            this.#dialog.close();
        }
        this.isSure = !this.isSure;
    }

    #onBackdrop(event) {
        if (event.target === this.#dialog) {
            this.#dialog.close();
        }
    }
}

customElements.define('settings-dialog', SettingsDialog);
