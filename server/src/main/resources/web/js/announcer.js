// What a screen reader says by itself. The live region is one element of the page, made once and
// filled here: a region must be in the document before its text changes, or nothing is said.

let region = null;

export function setLiveRegion(element) {
    region = element;
}

/** Has the text said after what is being said. */
export function announce(text) {
    const line = document.createElement('p');
    line.textContent = text;
    region?.append(line);
}

/** Forgets what was said, so that the region does not grow for ever. */
export function clearAnnouncements() {
    region?.replaceChildren();
}
