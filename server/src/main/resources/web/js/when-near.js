// Work that can wait until the reader comes near what it is for. The browser asks at every frame of
// every watched element where it is, so a long chat must not watch each of its parts: those of a
// `.group` (see chat-log) wait together for their group.

/** What waits, by the element that is watched for it. */
const waiting = new WeakMap();

const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
        if (isIntersecting) {
            const actions = waiting.get(target) ?? [];
            forget(target);
            actions.forEach((action) => action());
        }
    }
}, { rootMargin: '600px' });

/**
 * Runs the action once, when the element's group, or the element where it is in none, comes near
 * the window.
 *
 * @returns {() => void} gives the action up
 */
export function whenNear(element, action) {
    const watched = groupOf(element) ?? element;
    const actions = waiting.get(watched) ?? new Set();
    actions.add(action);
    waiting.set(watched, actions);
    observer.observe(watched);
    return () => {
        actions.delete(action);
        if (actions.size === 0 && waiting.get(watched) === actions) {
            forget(watched);
        }
    };
}

function forget(watched) {
    observer.unobserve(watched);
    waiting.delete(watched);
}

/** The group around the element, through all shadow roots. */
function groupOf(element) {
    const group = element.closest('.group');
    const { host } = element.getRootNode();
    return group ?? (host === undefined ? null : groupOf(host));
}
