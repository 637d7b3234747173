/**
 * Copies the text and returns whether that worked. Where the page was not loaded over HTTPS or from
 * this machine, browsers offer only the old way, through a selection.
 */
export async function copyText(text) {
    if (navigator.clipboard) {
        return navigator.clipboard.writeText(text).then(() => true, () => false);
    }
    const focused = document.activeElement;
    const area = document.createElement('textarea');
    area.className = 'copy-source';
    area.value = text;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand('copy');
    area.remove();
    focused?.focus();
    return isCopied;
}
