/**
 * The terminal chat: a conversation, its commands and its files. Open {@link
 * dev.altiplano.cli.chat.TerminalChat} first.
 */
@NullMarked
package dev.altiplano.cli.chat;

import org.jspecify.annotations.NullMarked;
