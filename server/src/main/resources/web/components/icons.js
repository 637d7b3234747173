// The page's own drawings, on a grid of 20 x 20; the mark on one of 32 x 32.
import { svg, html } from 'lit';

const SHAPES = {
    arrowDown: svg`<path d="M10 4v12M5 11l5 5 5-5"/>`,
    arrowUp: svg`<path d="M10 16V4M5 9l5-5 5 5"/>`,
    check: svg`<path d="m4 10.5 4 4 8-9"/>`,
    close: svg`<path d="m5 5 10 10M15 5 5 15"/>`,
    copy: svg`<rect x="7" y="7" width="9.5" height="9.5" rx="2"/>
        <path d="M13 7V5.5a2 2 0 0 0-2-2H5.5a2 2 0 0 0-2 2V11a2 2 0 0 0 2 2H7"/>`,
    moon: svg`<path d="M16 11.5A6.5 6.5 0 0 1 8.5 4a6.5 6.5 0 1 0 7.5 7.5Z"/>`,
    newChat: svg`<path d="M10 4H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2v-4"/>
        <path d="m8 12 .5-2.5L15 3l2 2-6.5 6.5L8 12Z"/>`,
    pencil: svg`<path d="m4 16 .8-3.5L13.5 3.8l2.7 2.7-8.7 8.7L4 16ZM11.5 5.8l2.7 2.7"/>`,
    planner: svg`<path d="M3.5 16.5h13M5.5 16.5v-5M10 16.5v-9M14.5 16.5V4"/>`,
    retry: svg`<path d="M16 10a6 6 0 1 1-1.8-4.3L16 7.5M16 3.5v4h-4"/>`,
    settings: svg`<path d="M3 6h7M14 6h3M3 14h3M10 14h7"/><circle cx="12" cy="6" r="2"/>
        <circle cx="8" cy="14" r="2"/>`,
    sidebar: svg`<rect x="3" y="4" width="14" height="12" rx="2.5"/><path d="M8 4v12"/>`,
    stop: svg`<rect x="6" y="6" width="8" height="8" rx="1.5" fill="currentColor"/>`,
    sun: svg`<circle cx="10" cy="10" r="3.2"/>
        <path d="M10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M4.7
            15.3l1.4-1.4M13.9 6.1l1.4-1.4"/>`,
    trash: svg`<path d="M4 6h12M8 6V4h4v2M5.5 6l.7 10h7.6l.7-10M8.5 9v4.5M11.5 9v4.5"/>`,
    warning: svg`<path d="M10 3.5 17.5 16h-15L10 3.5ZM10 8.5v3.5M10 14v.1"/>`,
    wrap: svg`<path d="M3 5h14M3 10h11a2.5 2.5 0 0 1 0 5h-3M3 15h4M12.5 13l-2 2 2 2"/>`,
};

/** Icons say nothing to a screen reader: the button that holds one has a name. */
export function icon(name) {
    return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${SHAPES[name]}</svg>`;
}

/** The mark: the sun behind a plateau and its lower step. */
export const mark = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <circle class="sun" cx="22.5" cy="9.5" r="4.5"/>
    <path class="plateau" d="M1.5 27 L9 13 H17 L20 18 H25.5 L30.5 27 Z"/>
    <path class="stratum" d="M2 22.2 H30"/>
</svg>`;
