// Markdown of a model to DOM nodes that are safe to show. Two lines of defence: raw HTML is shown
// as text and images become text (so nothing is fetched), and DOMPurify lets only the few elements
// and attributes through that markdown itself makes.
import DOMPurify from 'dompurify';
import { Lexer, Marked, Parser } from 'marked';
import { counters } from './counters.js';

const ALLOWED_TAGS = [
    'a', 'blockquote', 'br', 'code', 'del', 'em', 'h3', 'h4', 'h5', 'h6', 'hr', 'li', 'ol', 'p',
    'pre', 'strong', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul',
];
const ALLOWED_ATTR = ['align', 'class', 'href', 'start', 'title'];
const ALLOWED_URI_REGEXP = /^(?:https?:\/\/|mailto:)/i;

/** The message's own heading is an h2, so the model's headings start below it. */
const HEADING_TOP = 3;
const HEADING_MAX = 6;

DOMPurify.addHook('afterSanitizeAttributes', (node) => {
    if (node.localName === 'a') {
        markLink(node);
    } else if (node.localName !== 'code' && node.localName !== 'span') {
        node.removeAttribute?.('class');
    }
});

const marked = new Marked({
    gfm: true,
    renderer: {
        heading({ tokens, depth }) {
            return `<h${depth}>${this.parser.parseInline(tokens)}</h${depth}>`;
        },
        code({ text, lang }) {
            const language = (lang ?? '').match(/^[\w+#.-]{1,30}/)?.[0];
            const label = language ? ` class="language-${escape(language)}"` : '';
            return `<pre><code${label}>${escape(text)}</code></pre>`;
        },
        html({ text, block }) {
            if (/^<br *\/?>$/i.test(text.trim())) {
                return '<br>';
            }
            return block ? `<p>${escape(text.trimEnd())}</p>` : escape(text);
        },
        image({ href, text, title }) {
            const label = escape(text || title || href);
            return `<a href="${escape(href)}">🖼 ${label}</a>`;
        },
        checkbox({ checked }) {
            return checked ? '☑ ' : '☐ ';
        },
    },
});
const options = marked.defaults;

/**
 * Splits text into block tokens. Token i stands for token.raw of the text.
 *
 * @param {object} links the link definitions seen before this text; those found here are added
 */
export function blockTokens(text, links) {
    counters.parses++;
    counters.parsedChars += text.length;
    const lexer = new Lexer(options);
    lexer.tokens.links = links;
    return lexer.lex(text);
}

/**
 * The tokens as a DocumentFragment without anything active in it.
 *
 * @param {number|null} topDepth see topHeadingDepth
 */
export function render(tokens, topDepth) {
    marked.walkTokens(tokens, (token) => {
        if (token.type === 'heading') {
            token.depth = Math.min(Math.max(HEADING_TOP + token.depth - topDepth, HEADING_TOP), HEADING_MAX);
        }
    });
    const fragment = DOMPurify.sanitize(Parser.parse(tokens, options), {
        ALLOWED_TAGS, ALLOWED_ATTR, ALLOWED_URI_REGEXP, ALLOW_DATA_ATTR: false,
        ADD_URI_SAFE_ATTR: ['align', 'start'], RETURN_DOM_FRAGMENT: true,
    });
    wrapAll(fragment, 'pre', 'code-block');
    wrapAll(fragment, 'table', 'table-block');
    return fragment;
}

/** HTML of the highlighter (spans with classes, nothing else) as a DocumentFragment. */
export function renderSpans(html) {
    return DOMPurify.sanitize(html, {
        ALLOWED_TAGS: ['span'], ALLOWED_ATTR: ['class'], RETURN_DOM_FRAGMENT: true,
    });
}

/**
 * The depth of the first heading, or null: models begin with #, ## or ###, and whichever it is, it
 * is the top of the answer's outline.
 */
export function topHeadingDepth(tokens) {
    let depth = null;
    marked.walkTokens(tokens, (token) => {
        if (token.type === 'heading') {
            depth ??= token.depth;
        }
    });
    return depth;
}

function wrapAll(fragment, selector, wrapperName) {
    for (const element of fragment.querySelectorAll(selector)) {
        const wrapper = document.createElement(wrapperName);
        element.replaceWith(wrapper);
        wrapper.append(element);
    }
}

/** Opens elsewhere, tells that place nothing about us, and says where it leads. */
function markLink(link) {
    const href = link.getAttribute('href');
    if (href === null || !URL.canParse(href)) {
        link.removeAttribute('href');
        return;
    }
    const { host } = new URL(href);
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer');
    if (host !== '' && !link.textContent.includes(host)) {
        link.setAttribute('data-host', host);
    }
}

function escape(text) {
    const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
    return text.replace(/[&<>"']/g, (char) => entities[char]);
}
