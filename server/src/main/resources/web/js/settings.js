// How answers are made: the few settings that a request carries. Kept in the browser.
import { read, write } from './storage.js';

export const TEMPERATURE_MAX = 2;
export const SYSTEM_PROMPT_CHARS_MAX = 8_000;

/** What another answer to the same words is asked for with, where the reader's own gives no other. */
export const VARIED_TEMPERATURE = 0.7;

/**
 * temperature 0: small models are right with their likeliest words, and wander off with others.
 * maxTokens null: as many as fit.
 */
export const DEFAULTS = Object.freeze({
    temperature: 0,
    maxTokens: null,
    systemPrompt: '',
});

export function settings() {
    return checked({ ...DEFAULTS, ...read('settings') });
}

export function saveSettings(changed) {
    return write('settings', checked({ ...settings(), ...changed }));
}

function checked({ temperature, maxTokens, systemPrompt }) {
    const isTemperature = temperature >= 0 && temperature <= TEMPERATURE_MAX;
    const isTokens = Number.isInteger(maxTokens) && maxTokens >= 1;
    return {
        temperature: isTemperature ? Number(temperature) : DEFAULTS.temperature,
        maxTokens: isTokens ? maxTokens : DEFAULTS.maxTokens,
        systemPrompt: String(systemPrompt).slice(0, SYSTEM_PROMPT_CHARS_MAX),
    };
}
