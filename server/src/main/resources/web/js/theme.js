// Light, dark, or as the system says. The colours themselves follow from color-scheme (page.css).
import { readText, remove, writeText } from './storage.js';

export const THEMES = Object.freeze(['system', 'light', 'dark']);

const changes = new EventTarget();
const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');

export function theme() {
    const stored = readText('theme');
    return THEMES.includes(stored) ? stored : 'system';
}

export function setTheme(name) {
    if (name === 'system') {
        delete document.documentElement.dataset.theme;
        remove('theme');
    } else {
        document.documentElement.dataset.theme = name;
        writeText('theme', name);
    }
    changes.dispatchEvent(new Event('change'));
}

/** Whether the page is dark now, whoever decided so. */
export function isDark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen === undefined ? systemIsDark.matches : chosen === 'dark';
}

/** Returns a function that ends the listening. */
export function onThemeChange(listener) {
    changes.addEventListener('change', listener);
    systemIsDark.addEventListener('change', listener);
    return () => {
        changes.removeEventListener('change', listener);
        systemIsDark.removeEventListener('change', listener);
    };
}
