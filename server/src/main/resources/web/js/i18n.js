// Texts for people, in the reader's language. The messages lie in /i18n/<language>.json: flat keys,
// {placeholders}, and for plurals one key per plural category ("answer.tokens.one", ".other").
import { readText, writeText } from './storage.js';

/** Language codes and their own names. The first is what unknown languages fall back to. */
export const LANGUAGES = Object.freeze({ en: 'English', es: 'Español' });

const changes = new EventTarget();
let current = 'en';
let messages = {};
let pluralRules = new Intl.PluralRules('en');

/** Loads the remembered language, or the browser's. */
export async function startLanguage() {
    const remembered = readText('language');
    const known = remembered !== null && Object.hasOwn(LANGUAGES, remembered);
    await load(known ? remembered : fromBrowser());
}

/** Switches and remembers. When the messages cannot be loaded it throws, and nothing changes. */
export async function setLanguage(code) {
    await load(code);
    writeText('language', code);
    changes.dispatchEvent(new Event('change'));
}

export function language() {
    return current;
}

/** Returns a function that ends the listening. */
export function onLanguageChange(listener) {
    changes.addEventListener('change', listener);
    return () => changes.removeEventListener('change', listener);
}

/** The message of the key with {name} replaced by values.name. */
export function t(key, values = {}) {
    const message = messages[key] ?? key;
    return message.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** As t, with the form that the count needs; {count} is the number as people write it. */
export function plural(key, count, values = {}) {
    const category = pluralRules.select(count);
    const form = `${key}.${category}` in messages ? category : 'other';
    return t(`${key}.${form}`, { ...values, count: number(count) });
}

/** A number as people of this language write it. Options are those of Intl.NumberFormat. */
export function number(value, options = {}) {
    return new Intl.NumberFormat(current, options).format(value);
}

async function load(code) {
    const answer = await fetch(`/i18n/${code}.json`);
    if (!answer.ok) {
        throw new Error(`/i18n/${code}.json: expected status 200, found ${answer.status}`);
    }
    messages = await answer.json();
    current = code;
    pluralRules = new Intl.PluralRules(code);
    document.documentElement.lang = code;
}

function fromBrowser() {
    for (const wanted of navigator.languages) {
        const code = wanted.split('-')[0];
        if (Object.hasOwn(LANGUAGES, code)) {
            return code;
        }
    }
    return Object.keys(LANGUAGES)[0];
}
