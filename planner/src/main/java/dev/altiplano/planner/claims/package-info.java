/**
 * Whether a published claim can be true. {@link dev.altiplano.planner.claims.ClaimChecker} takes a
 * sentence or a claims file, tries every reading and shows all of them: a claim never passes
 * because one of many readings fits by chance. Sentences pass {@link
 * dev.altiplano.planner.claims.Lexer}, {@link dev.altiplano.planner.claims.StatementParser} and the
 * rules. May use {@code file}, {@code schema}, {@code step} and what is below them.
 */
@NullMarked
package dev.altiplano.planner.claims;

import org.jspecify.annotations.NullMarked;
