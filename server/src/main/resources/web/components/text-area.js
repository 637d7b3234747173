// What the composer and the editor of a message have in common.

/** Makes the area as high as its text, where the browser does not do so by itself. */
export function growWithText(area) {
    if (!CSS.supports('field-sizing', 'content')) {
        area.style.blockSize = 'auto';
        area.style.blockSize = `${area.scrollHeight}px`;
    }
}

/** Whether the reader types on a screen: there is no Shift+Enter, and a focus opens the keyboard. */
export function isTouchScreen() {
    return window.matchMedia('(hover: none) and (pointer: coarse)').matches;
}

/**
 * Enter sends, Shift+Enter does not. While an input method composes a word, Enter belongs to it;
 * on a touch screen it makes a new line.
 */
export function isSendKey(event) {
    return event.key === 'Enter'
        && !event.shiftKey
        && !event.isComposing
        && !isTouchScreen();
}
