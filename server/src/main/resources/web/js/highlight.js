// Colours for code. The highlighter is no module: its script is loaded when the first finished code
// block asks for it, and without it code stays plain.
import { counters } from './counters.js';
import { renderSpans } from './markdown.js';

/** Longer code is left plain: colouring it would hold up the page. */
const CODE_CHARS_MAX = 50_000;

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
        script.src = import.meta.resolve('highlight-script');
        script.onload = () => resolve(window.hljs);
        script.onerror = () => resolve(undefined);
        document.head.append(script);
    });
}
