/**
 * Conversations to prompts: messages, tools and the formats that models were trained on. Open
 * {@link dev.altiplano.model.chat.ChatFormat} first. May use compute, {@code model.json}, {@code
 * model.file}, {@code model.token} and {@code model.jinja}; knows no model and no HTTP.
 */
@NullMarked
package dev.altiplano.model.chat;

import org.jspecify.annotations.NullMarked;
