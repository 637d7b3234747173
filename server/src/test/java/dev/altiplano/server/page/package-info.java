/**
 * Tests of the chat page in a real browser, against the real server with a model that says what the
 * test dictates. Start at {@link dev.altiplano.server.page.BrowserExtension}; {@link
 * dev.altiplano.server.page.ChatPage} knows where things are on the page.
 */
@NullMarked
package dev.altiplano.server.page;

import org.jspecify.annotations.NullMarked;
