// The fast path of a code block that is still being written: new text goes straight into its text
// node, whatever the block's length. Only fences at the very start of a line are taken, without the
// list and quotation marks around them that would need the parser.

const OPENING = /^(`{3,}(?=[^`\n]*\n)|~{3,}(?=[^\n]*\n))([^\n]*)\n/;

export class OpenFence {
    #closing;
    #text;
    /** What has arrived and is not shown yet; held back, it begins with its line's line feed. */
    #fresh;
    /** The unfinished last line of what has arrived. */
    #line = '';

    isClosed = false;

    /** The fence that the text consists of, shown in the box; null where it is anything else. */
    static at(text, box) {
        const opening = OPENING.exec(text);
        if (opening === null) {
            return null;
        }
        const fence = new OpenFence(opening[1], opening[2].trim(), box);
        fence.append(text.slice(opening[0].length));
        if (fence.isClosed) {
            return null;
        }
        fence.show();
        return fence;
    }

    constructor(mark, info, box) {
        this.#closing = closingLine(mark);
        this.#fresh = '';
        this.#text = document.createTextNode('');
        const code = document.createElement('code');
        const language = info.match(/^[\w+#.-]{1,30}/)?.[0];
        if (language) {
            code.className = `language-${language}`;
        }
        code.append(this.#text);
        const pre = document.createElement('pre');
        pre.append(code);
        const block = document.createElement('code-block');
        block.append(pre);
        box.replaceChildren(block);
    }

    append(text) {
        const lines = (this.#line + text).split('\n');
        this.#line = lines.pop();
        this.isClosed ||= lines.some((line) => this.#closing.test(line));
        this.#fresh += text;
    }

    /** Shows what is new, save the start of a line that may become the closing fence. */
    show() {
        const isHeld = /^ {0,3}[`~]*$/.test(this.#line);
        const end = this.#fresh.length - (isHeld ? this.#line.length + 1 : 0);
        if (end > 0) {
            this.#text.appendData(this.#fresh.slice(0, end));
            this.#fresh = this.#fresh.slice(end);
        }
    }
}

/** Whether the raw text of a code block ends with its closing fence. */
export function isClosedFence(raw) {
    const opening = /^ {0,3}(`{3,}|~{3,})/.exec(raw);
    const lines = raw.trimEnd().split('\n');
    return opening !== null && lines.length > 1 && closingLine(opening[1]).test(lines.at(-1));
}

/** At least as many of the same character as opened the block. */
function closingLine(mark) {
    return new RegExp(`^ {0,3}${mark[0]}{${mark.length},}[ \\t]*$`);
}
