import { css, html } from 'lit';
import { t } from '../js/i18n.js';
import { PageElement } from './page-element.js';
import { mark } from './icons.js';
import { base, buttons } from './shared-styles.js';

/** What a new chat shows: a greeting and a few prompts to start with. Emits `send`. */
class StartScreen extends PageElement {
    static styles = [base, buttons, css`
        :host {
            position: relative;
            display: grid;
            overflow-y: auto;
            min-block-size: 0;
        }
        .content {
            position: relative;
            inline-size: 100%;
            max-inline-size: var(--measure);
            margin: auto;
            padding: 1.5rem 1rem 3.5rem;
        }
        .mark { inline-size: 3.5rem; block-size: 3.5rem; margin-inline-start: -0.3rem; }
        h1 {
            margin: 0.5rem 0 0.25rem;
            font-family: var(--serif);
            font-size: clamp(1.7rem, 1.3rem + 2vw, 2.4rem);
            font-weight: 500;
            line-height: 1.2;
            letter-spacing: -0.01em;
            text-wrap: balance;
        }
        .lead { margin: 0 0 1.75rem; color: var(--muted); max-inline-size: 34rem; text-wrap: balance; }
        ul {
            display: grid;
            grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
            gap: 0.75rem;
            margin: 0;
            padding: 0;
            list-style: none;
        }
        ul button {
            display: block;
            inline-size: 100%;
            block-size: 100%;
            padding: 0.8rem 1rem;
            border: 1px solid var(--line);
            border-radius: var(--radius);
            background: var(--surface);
            text-align: start;
            transition: border-color 120ms, translate 120ms;
        }
        ul button:hover { border-color: var(--accent); translate: 0 -1px; }
        strong { display: block; font-weight: 600; font-size: 0.95rem; }
        ul span { color: var(--muted); font-size: 0.875rem; line-height: 1.45; display: block; }
        .land {
            position: absolute;
            inset: auto 0 0;
            inline-size: 100%;
            block-size: min(28vh, 15rem);
            mask-image: linear-gradient(black 35%, transparent);
            pointer-events: none;
        }
        .sun { fill: var(--sky); }
        .far { fill: var(--ridge-far); }
        .middle { fill: var(--ridge-mid); }
        .near { fill: var(--ridge-near); }
        @media (max-width: 48rem) {
            .content { padding-block: 0.5rem 1.25rem; }
            .mark { inline-size: 2.75rem; block-size: 2.75rem; }
            .lead { margin-block-end: 1rem; }
            ul { gap: 0.5rem; }
            ul button { padding: 0.6rem 0.85rem; }
        }
        @media (max-height: 40rem) { .land { display: none; } }
        @media print { .land { display: none; } }
    `];

    render() {
        const prompts = [
            [t('start.explain.title'), t('start.explain.prompt')],
            [t('start.write.title'), t('start.write.prompt')],
            [t('start.code.title'), t('start.code.prompt')],
            [t('start.plan.title'), t('start.plan.prompt')],
        ];
        return html`
            <svg class="land" viewBox="0 0 1200 240" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
                <circle class="sun" cx="1006" cy="122" r="46"/>
                <path class="far" d="M0 150 L70 150 L110 104 H300 L330 130 H430 L470 160 H560 L610 92 H820 L850
                    118 H930 L975 152 H1080 L1110 128 H1200 V240 H0 Z"/>
                <path class="middle" d="M0 186 H90 L130 158 H250 L280 178 H400 L440 196 H640 L690 150 H800 L830
                    168 H960 L1000 190 H1200 V240 H0 Z"/>
                <path class="near" d="M0 222 H180 L220 200 H360 L390 214 H520 L560 226 H860 L900 204 H1050 L1080
                    218 H1200 V240 H0 Z"/>
            </svg>
            <div class="content">
                ${mark}
                <h1>${t('start.heading')}</h1>
                <p class="lead">${t('start.lead')}</p>
                <ul>${prompts.map(([title, prompt]) => html`
                    <li><button type="button" @click=${() => this.emit('send', prompt)}>
                        <strong>${title}</strong><span>${prompt}</span></button></li>`)}
                </ul>
            </div>`;
    }
}

customElements.define('start-screen', StartScreen);
