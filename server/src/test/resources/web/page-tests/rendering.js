// Runs in the browser, called by RenderingTest: the incremental renderer against itself and against
// the renderer of a whole text.
import '/components/answer-text.js';
import { BlockRenderer } from '/js/block-renderer.js';
import { counters } from '/js/counters.js';

/** Blocks that are hard to cut: each may stand beside each other one. */
const BLOCKS = [
    'A paragraph with **bold**, *italic*, `code`, ~~gone~~ and a [link](https://example.org/a_(b)).',
    'Two lines\nof one paragraph with a break  \nand \\*escapes\\* & <b>raw</b> <br> html.',
    '# Title',
    '## Section\nText right under it.',
    'Underlined\n----------',
    '- one\n- two\n  - nested\n  - more\n- three',
    '1. first\n\n   with a paragraph\n\n2. second\n\n   ```js\n   let x = 1;\n\n   let y;\n   ```\n\n3. third',
    '* loose\n\n* list\n\n    indented text',
    '7) starts at seven\n8) eight',
    '- [x] done\n- [ ] to do',
    '```java\nint x = 1; // ``not`` the end\n\n~~~\n```',
    '````md\n```js\n1\n```\n````',
    '~~~\nplain ``` fence\n~~~',
    '```python\ndef f():\n\n    return "`"\n```\nText right behind the fence.',
    '| a | b |\n|:--|--:|\n| 1 | `x|y` |\n| 3 | **4** |',
    '> quoted\n> lines\n\n> another quote',
    '> - list in quote\n>\n> ```\n> code\n> ```',
    '---',
    '***',
    '    indented code\n\n    goes on',
    '<div>\nraw block\n</div>',
    '<!-- comment\n\nover lines -->',
    '![picture](https://example.org/p.png "t") and https://example.org/auto',
    'See [the note][1] and [named].',
    '[1]: https://example.org/one "One"\n[named]: https://example.org/two',
    'Line with trailing spaces   \n\n\n\nand many empty lines',
    'Emoji 🏔️, ñandú, 高原, \u202eright to left\u202c.',
    '**not closed and *nested `code\nnext line** end*',
    '| not a table |\nbecause | no rule',
    '1986\\. A year.\n\n2. two',
    '<script>alert(1)</script>',
    'A tab\there\tand  double  spaces',
    '+ plus\n\n\n+ far apart',
    'Text\n- list without an empty line before\n\nText\n```\ncode without an empty line before\n```',
    '   \n',
];

/** A seeded generator (mulberry32): the same seed, the same document and the same pieces. */
function random(seed) {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

function documentOf(next) {
    const count = 1 + Math.floor(next() * 8);
    let text = '';
    for (let i = 0; i < count; i++) {
        text += BLOCKS[Math.floor(next() * BLOCKS.length)];
        text += ['\n\n', '\n\n', '\n\n', '\n', '\n\n\n'][Math.floor(next() * 5)];
    }
    return next() < 0.5 ? text : text.trimEnd();
}

function piecesOf(text, next) {
    const longest = 1 + Math.floor(next() * 30);
    const pieces = [];
    for (let at = 0; at < text.length;) {
        const length = 1 + Math.floor(next() * longest);
        pieces.push(text.slice(at, at + length));
        at += length;
    }
    return pieces;
}

function whole(text) {
    const box = document.createElement('div');
    const renderer = new BlockRenderer(box);
    renderer.append(text);
    renderer.finish(text);
    return box;
}

/** HTML without what does not show: white space between the blocks. */
function shownHtml(box) {
    return box.innerHTML.replace(/>\n+</g, '><').replace(/^\n+|\n+$/g, '');
}

/** The seeds whose document looks different when it comes in pieces, with what differs. */
export function seedsThatDiffer(from, to) {
    const failures = [];
    for (let seed = from; seed < to; seed++) {
        const next = random(seed);
        const text = documentOf(next);
        const box = document.createElement('div');
        const renderer = new BlockRenderer(box);
        for (const piece of piecesOf(text, next)) {
            renderer.append(piece);
            renderer.flush();
        }
        renderer.finish(text);
        if (shownHtml(box) !== shownHtml(whole(text))) {
            failures.push(`${seed}: ${JSON.stringify(text)} gave ${shownHtml(box)}\nbut whole: ${shownHtml(whole(text))}`);
        }
    }
    return failures;
}

/** [parses, characters parsed] for the tokens of one answer after so many earlier paragraphs. */
export function costAfter(paragraphs) {
    const box = document.createElement('div');
    const renderer = new BlockRenderer(box);
    renderer.append('Some earlier words.\n\n'.repeat(paragraphs));
    renderer.flush();
    const before = { ...counters };
    for (const block of BLOCKS) {
        for (const token of block.match(/\s*\S{1,4}|\s+/g)) {
            renderer.append(token);
            renderer.flush();
        }
        renderer.append('\n\n');
        renderer.flush();
    }
    return [counters.parses - before.parses, counters.parsedChars - before.parsedChars];
}

/** How often markdown is parsed while a code block grows by so many lines. */
export function parsesOfOpenCode(lines) {
    const renderer = new BlockRenderer(document.createElement('div'));
    renderer.append('```java\n');
    renderer.flush();
    const before = counters.parses;
    for (let line = 0; line < lines; line++) {
        renderer.append('int x = 1;');
        renderer.flush();
        renderer.append('\n');
        renderer.flush();
    }
    return counters.parses - before;
}

/** Changes of the document inside finished blocks while later ones are written. */
export function changesOfFinishedBlocks() {
    const box = document.createElement('div');
    const renderer = new BlockRenderer(box);
    renderer.append('First.\n\n- a\n- b\n\n```js\n1\n```\n\n| a |\n|---|\n| 1 |\n\nLast');
    renderer.flush();
    const finished = [...box.children].slice(0, -1);
    const observer = new MutationObserver(() => undefined);
    const everything = { childList: true, characterData: true, attributes: true, subtree: true };
    finished.forEach((node) => observer.observe(node, everything));
    for (const token of BLOCKS.join('\n\n').match(/\s*\S{1,4}/g)) {
        renderer.append(token);
        renderer.flush();
    }
    renderer.finish('');
    return [finished.length, observer.takeRecords().length];
}

/** What is shown after each piece. */
export function shownAfterEach(pieces) {
    const box = document.createElement('div');
    const renderer = new BlockRenderer(box);
    return pieces.map((piece) => {
        renderer.append(piece);
        renderer.flush();
        return shownHtml(box.querySelector('.active'));
    });
}

/** The HTML of a whole text. */
export function html(text) {
    return shownHtml(whole(text));
}

/** Whether a node of the unfinished block is still the same one after more text. */
export function keepsNodesOfTheOpenBlock() {
    const box = document.createElement('div');
    const renderer = new BlockRenderer(box);
    renderer.append('- first\n- sec');
    renderer.flush();
    const [first, second] = box.querySelectorAll('li');
    renderer.append('ond\n- third');
    renderer.flush();
    const items = box.querySelectorAll('li');
    return items[0] === first && items[1] === second && items.length === 3;
}
