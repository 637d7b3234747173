import { css, html } from 'lit';
import { t } from '../js/i18n.js';
import { PageElement } from './page-element.js';
import './scroll-box.js';

/** The frame of a table, which is its child: a wide one scrolls by itself, not with the page. */
class TableBlock extends PageElement {
    static styles = css`
        :host { display: block; margin-block: 0.9rem; }
    `;

    render() {
        return html`<scroll-box .label=${t('table.label')}><slot></slot></scroll-box>`;
    }
}

customElements.define('table-block', TableBlock);
