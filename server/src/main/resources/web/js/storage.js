// The browser's storage under our own prefix. It may be forbidden (private windows) or full: reads
// then find nothing, writes say so, and the page goes on without memory.

const PREFIX = 'altiplano.';

/** The stored value, or null where there is none or it is no JSON. */
export function read(key) {
    try {
        return JSON.parse(localStorage.getItem(PREFIX + key));
    } catch (unreadable) {
        return null;
    }
}

/** Returns whether the value was stored. */
export function write(key, value) {
    return writeText(key, JSON.stringify(value));
}

/** The stored text as it is, or null. */
export function readText(key) {
    try {
        return localStorage.getItem(PREFIX + key);
    } catch (forbidden) {
        return null;
    }
}

/** Returns whether the text was stored. */
export function writeText(key, text) {
    try {
        localStorage.setItem(PREFIX + key, text);
        return true;
    } catch (fullOrForbidden) {
        return false;
    }
}

export function remove(key) {
    try {
        localStorage.removeItem(PREFIX + key);
    } catch (forbidden) {
        // Nothing could have been stored either.
    }
}

/** Calls the listener with the key when another tab changes something of ours. */
export function onOtherTab(listener) {
    window.addEventListener('storage', (event) => {
        if (event.key?.startsWith(PREFIX)) {
            listener(event.key.slice(PREFIX.length));
        }
    });
}
