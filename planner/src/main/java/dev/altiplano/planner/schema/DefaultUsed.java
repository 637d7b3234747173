package dev.altiplano.planner.schema;

/**
 * A default that a plan took because its file says nothing.
 *
 * @param key path, as {@code site.pue}
 * @param value as it would be written
 * @param about what the key is
 */
public record DefaultUsed(String key, String value, String about) {}
