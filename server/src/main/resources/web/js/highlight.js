// Colours for code. The highlighter is no module: its script is loaded when the first finished code
// block asks for it, and without it code stays plain.
import { counters } from './counters.js';
import { renderSpans } from './markdown.js';

/** Longer code is left plain: colouring it would hold up the page. */
const CODE_CHARS_MAX = 50_000;

/**
 * Where a content security policy asks for trusted types, this is the only script address that the
 * page itself vouches for, whatever it is asked.
 */
const scriptAddress = () => import.meta.resolve('highlight-script');
const policy = window.trustedTypes?.createPolicy('altiplano', { createScriptURL: scriptAddress });

let loading = null;

/** Colours the text of the code element, if its language is known. */
export async function highlight(code, language) {
    const text = code.textContent;
    if (language === '' || text.length > CODE_CHARS_MAX) {
        return;
    }
    loading ??= loadScript();
    const highlighter = await loading;
    if (highlighter?.getLanguage(language) === undefined) {
        return;
    }
    counters.highlights++;
    const { value } = highlighter.highlight(text, { language, ignoreIllegals: true });
    code.replaceChildren(renderSpans(value));
}

function loadScript() {
    return new Promise((resolve) => {
        const script = document.createElement('script');
        script.src = policy === undefined ? scriptAddress() : policy.createScriptURL('');
        script.onload = () => resolve(window.hljs);
        script.onerror = () => resolve(undefined);
        document.head.append(script);
    });
}
