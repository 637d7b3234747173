// What to show of a block whose end has not arrived yet: without this, half-typed markup would
// flash (a `**` before its partner comes, a `-` that looks like the underline of a heading).

/** A line of markers alone may still become anything: it is not shown until more of it is there. */
const BARE_MARKER = /^[ \t]*(?:[-=]+|[-*+]|\d{1,9}[.)]?|#{1,6}|>|\||[`~]{1,3})[ \t]*$/;

/** Link text whose address is still arriving. */
const HALF_LINK = /!?\[([^\]\n]*)\]\([^()\s]*$/;

/** What may open or close within a line. An escaped character is matched so that it is passed. */
const MARKUP = /\\.|`+|\*\*|\*|~~/g;

/** The text as it would look if its last line were closed now. Only that line is read closely. */
export function closeHalfTyped(text) {
    const lineStart = text.lastIndexOf('\n') + 1;
    const line = text.slice(lineStart);
    const shown = BARE_MARKER.test(line) ? '' : closeLine(line.replace(HALF_LINK, '$1'));
    return text.slice(0, lineStart) + shown;
}

function closeLine(line) {
    const open = [];
    let codeEnd = 0;
    for (const { 0: mark, index } of line.matchAll(MARKUP)) {
        const end = index + mark.length;
        if (index < codeEnd || mark[0] === '\\') {
            continue;
        }
        const isOpen = open.includes(mark);
        if (end === line.length && !isOpen) {
            return withClosers(line.slice(0, index), open);
        }
        if (mark[0] === '`') {
            codeEnd = codeSpanEnd(line, mark, end);
            if (codeEnd < 0) {
                return withClosers(line, [...open, mark]);
            }
        } else if (isOpen) {
            open.splice(open.indexOf(mark));
        } else if (!/\s/.test(line[end])) {
            open.push(mark);
        }
    }
    return withClosers(line, open);
}

/** Where the code span ends that the run of backticks opens, or -1: it is still open. */
function codeSpanEnd(line, run, from) {
    for (const { 0: mark, index } of line.slice(from).matchAll(/`+/g)) {
        if (mark === run) {
            return from + index + mark.length;
        }
    }
    return -1;
}

/** Closers stand right behind a word: after a space they would open something instead. */
function withClosers(line, open) {
    const words = line.trimEnd();
    return words + open.toReversed().join('') + line.slice(words.length);
}
