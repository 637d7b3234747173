/**
 * Makes the children of target equal to those of source, keeping every node that is equal already
 * and growing text in place. So the reader's selection, scroll positions and the screen survive
 * that a block is parsed again. The source is used up.
 *
 * @param {Node} target
 * @param {Node} source
 */
export function patch(target, source) {
    let old = target.firstChild;
    for (const fresh of [...source.childNodes]) {
        const next = old?.nextSibling ?? null;
        if (old === null) {
            target.append(fresh);
        } else if (!patchNode(old, fresh)) {
            old.replaceWith(fresh);
        }
        old = next;
    }
    while (old !== null) {
        const next = old.nextSibling;
        old.remove();
        old = next;
    }
}

/** Returns false where the node has to be replaced. */
function patchNode(old, fresh) {
    if (old.isEqualNode(fresh)) {
        return true;
    }
    if (old.nodeType === Node.TEXT_NODE && fresh.nodeType === Node.TEXT_NODE) {
        if (fresh.data.startsWith(old.data)) {
            old.appendData(fresh.data.slice(old.length));
        } else {
            old.data = fresh.data;
        }
        return true;
    }
    if (old.nodeName === fresh.nodeName && haveEqualAttributes(old, fresh)) {
        patch(old, fresh);
        return true;
    }
    return false;
}

function haveEqualAttributes(old, fresh) {
    return old.attributes.length === fresh.attributes.length
        && [...old.attributes].every(({ name, value }) => fresh.getAttribute(name) === value);
}
