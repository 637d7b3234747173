// How the blocks of an answer look, and the colours of code.
import { css } from 'lit';

export const markdownStyles = css`
    .blocks { overflow-wrap: anywhere; }
    .blocks > :first-child, .active > :first-child { margin-block-start: 0; }
    .blocks > .active:not(:first-child) > :first-child { margin-block-start: 0.9rem; }
    .blocks > :last-child, .active > :last-child { margin-block-end: 0; }

    p, li, h3, h4, h5, h6, th, td, blockquote { unicode-bidi: plaintext; }

    p { margin-block: 0.75rem; }
    h3, h4, h5, h6 {
        margin-block: 1.6rem 0.5rem;
        line-height: 1.3;
        font-family: var(--serif);
        font-weight: 600;
        text-wrap: balance;
    }
    h3 { font-size: 1.35rem; }
    h4 { font-size: 1.18rem; }
    h5, h6 { font-size: 1.02rem; }

    ul, ol { margin-block: 0.75rem; padding-inline-start: 1.6rem; }
    li { margin-block: 0.3rem; }
    li > p { margin-block: 0.4rem; }
    li::marker { color: var(--muted); }

    a {
        color: var(--accent);
        text-decoration-thickness: 1px;
        text-underline-offset: 0.18em;
    }
    a:hover { color: var(--accent-strong); text-decoration-thickness: 2px; }
    a[data-host]::after {
        content: " (" attr(data-host) ")";
        color: var(--muted);
        font-size: 0.85em;
    }

    strong { font-weight: 650; }
    blockquote {
        margin: 0.9rem 0;
        padding-inline-start: 1rem;
        border-inline-start: 3px solid var(--ridge-near);
        color: var(--muted);
    }
    hr { margin-block: 1.5rem; border: 0; border-block-start: 1px solid var(--line); }

    code { font-family: var(--mono); font-size: 0.9em; }
    :not(pre) > code {
        padding: 0.1em 0.35em;
        border-radius: 0.35em;
        background: var(--code-ground);
        box-shadow: inset 0 0 0 1px var(--line);
    }
    pre {
        inline-size: max-content;
        min-inline-size: 100%;
        margin: 0;
        padding: 0.8rem 0.9rem;
        line-height: 1.55;
        tab-size: 4;
        overflow-wrap: normal;
        unicode-bidi: isolate;
    }
    pre code { font-size: 0.875rem; }

    table { border-collapse: collapse; font-size: 0.95rem; font-variant-numeric: tabular-nums; }
    th, td {
        padding: 0.4rem 0.8rem;
        border-block-end: 1px solid var(--line);
        text-align: start;
        vertical-align: top;
        overflow-wrap: break-word;
    }
    th { border-block-end-color: var(--line-strong); font-weight: 600; }
    [align="center"] { text-align: center; }
    [align="right"] { text-align: end; }

    .hljs-keyword, .hljs-literal, .hljs-selector-tag, .hljs-tag, .hljs-doctag {
        color: var(--code-keyword);
    }
    .hljs-string, .hljs-regexp, .hljs-addition, .hljs-char, .hljs-meta .hljs-string {
        color: var(--code-string);
    }
    .hljs-number, .hljs-symbol, .hljs-bullet, .hljs-deletion, .hljs-variable,
    .hljs-template-variable { color: var(--code-number); }
    .hljs-comment, .hljs-quote, .hljs-meta { color: var(--code-comment); }
    .hljs-title, .hljs-name, .hljs-section, .hljs-attr, .hljs-attribute, .hljs-type,
    .hljs-built_in, .hljs-selector-class, .hljs-selector-id { color: var(--code-name); }
    .hljs-comment { font-style: italic; }
    .hljs-emphasis { font-style: italic; }
    .hljs-strong { font-weight: 650; }

    @media print {
        a[href]::after { content: " (" attr(href) ")"; color: inherit; }
        h3, h4, h5, h6 { break-after: avoid; }
    }
`;
