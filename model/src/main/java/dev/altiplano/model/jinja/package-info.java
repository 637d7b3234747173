/**
 * The part of Jinja that chat templates are written in: lexer, parser, interpreter, with limits.
 * Open {@link dev.altiplano.model.jinja.Template} first. May use compute and {@code model.json};
 * knows no model, tokenizer or conversation.
 *
 * <p>The judge is jinja2 3.1 set up as Hugging Face's transformers does it: {@code
 * ImmutableSandboxedEnvironment}, {@code trim_blocks}, {@code lstrip_blocks}, loop controls, a
 * {@code tojson} that is Python's {@code json.dumps}, {@code raise_exception}, {@code
 * strftime_now}, {@code {% generation %}}. What is left out: inheritance, includes and imports, the
 * {@code Markup} type ({@code safe} changes nothing), recursive loops, and filters that only web
 * pages use.
 *
 * <p>Every char knows whether the template's author wrote it or it came from outside: see {@link
 * dev.altiplano.model.jinja.Text}.
 */
@NullMarked
package dev.altiplano.model.jinja;

import org.jspecify.annotations.NullMarked;
