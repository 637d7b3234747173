import { css, html, LitElement, nothing } from 'lit';
import { whenNear } from '../js/when-near.js';
import { base } from './shared-styles.js';

/**
 * Scrolls sideways what is too wide. Only then is it a stop of the Tab key, with the label as its
 * name, so that the arrow keys can move it.
 */
class ScrollBox extends LitElement {
    static properties = {
        label: { type: String },
        isScrollable: { state: true },
    };

    static styles = [base, css`
        :host { display: block; }
        .box { overflow-x: auto; }
        .box:focus-visible { outline-offset: -2px; border-radius: 0.5rem; }
        @media print { .box { overflow: visible; } }
    `];

    #sizes = new ResizeObserver(() => this.#measure());
    #giveUp = () => undefined;

    constructor() {
        super();
        this.label = '';
        this.isScrollable = false;
    }

    connectedCallback() {
        super.connectedCallback();
        this.#giveUp = whenNear(this, () => this.#sizes.observe(this));
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#giveUp();
        this.#sizes.disconnect();
    }

    render() {
        const isRegion = this.isScrollable;
        return html`
            <div class="box" tabindex=${isRegion ? 0 : nothing} role=${isRegion ? 'region' : nothing}
                aria-label=${isRegion ? this.label : nothing}><slot></slot></div>`;
    }

    #measure() {
        const box = this.renderRoot?.querySelector('.box');
        this.isScrollable = Boolean(box) && box.scrollWidth > box.clientWidth + 1;
    }
}

customElements.define('scroll-box', ScrollBox);
