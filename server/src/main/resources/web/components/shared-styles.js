// Styles that several elements have in common. Colours come from /styles/page.css.
import { css } from 'lit';

export const base = css`
    *, *::before, *::after { box-sizing: border-box; }

    :host([hidden]), [hidden] { display: none !important; }

    :focus-visible {
        outline: 2px solid var(--accent);
        outline-offset: 2px;
    }

    .visually-hidden {
        position: absolute;
        inline-size: 1px;
        block-size: 1px;
        margin: -1px;
        overflow: hidden;
        clip-path: inset(50%);
        white-space: nowrap;
    }

    .icon {
        display: block;
        inline-size: 1.25rem;
        block-size: 1.25rem;
        fill: none;
        stroke: currentColor;
        stroke-width: 1.5;
        stroke-linecap: round;
        stroke-linejoin: round;
    }

    .mark { display: block; }
    .mark .sun { fill: var(--accent); opacity: 0.75; }
    .mark .plateau { fill: var(--accent-strong); }
    .mark .stratum {
        fill: none;
        stroke: var(--ground);
        stroke-width: 1.4;
        stroke-linecap: round;
    }

    @media (prefers-reduced-motion: reduce) {
        *, *::before, *::after {
            animation: none !important;
            transition: none !important;
            scroll-behavior: auto !important;
        }
    }
`;

export const buttons = css`
    button {
        font: inherit;
        color: inherit;
        cursor: pointer;
    }
    button:disabled { cursor: default; }

    .icon-button {
        display: inline-grid;
        place-items: center;
        flex: none;
        inline-size: 2.25rem;
        block-size: 2.25rem;
        padding: 0;
        border: 0;
        border-radius: 0.6rem;
        background: none;
        color: var(--muted);
        transition: background-color 120ms, color 120ms;
    }
    .icon-button:hover { background: var(--hover); color: var(--ink); }
    .icon-button.small { inline-size: 1.9rem; block-size: 1.9rem; border-radius: 0.5rem; }
    .icon-button.small .icon { inline-size: 1.05rem; block-size: 1.05rem; }

    .button {
        display: inline-flex;
        align-items: center;
        justify-content: center;
        gap: 0.45rem;
        min-block-size: 2.25rem;
        padding: 0.3rem 0.95rem;
        border: 1px solid var(--line-strong);
        border-radius: 0.6rem;
        background: var(--surface);
        color: var(--ink);
        font-size: 0.925rem;
        transition: background-color 120ms;
    }
    .button:hover { background: var(--hover); }
    .button .icon { inline-size: 1.05rem; block-size: 1.05rem; }
    .button.primary {
        border-color: transparent;
        background: var(--accent);
        color: var(--on-accent);
        font-weight: 600;
    }
    .button.primary:hover { background: var(--accent-strong); }
    .button.danger { border-color: var(--alert); color: var(--alert); background: none; }
    .button.danger:hover { background: var(--alert-ground); }
`;

export const fields = css`
    input, textarea, select {
        font: inherit;
        color: inherit;
        background: var(--surface);
        border: 1px solid var(--line-strong);
        border-radius: 0.6rem;
        padding: 0.45rem 0.7rem;
    }
    textarea { resize: vertical; }
    input[type="range"], input[type="radio"] {
        padding: 0;
        accent-color: var(--accent);
    }
    :is(input, textarea, select):focus-visible { outline-offset: 0; }
`;
