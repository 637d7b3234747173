package dev.altiplano.model.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.altiplano.model.jinja.ChatTemplateException.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateTest {
    private static final TemplateLimits SMALL = new TemplateLimits(2_000, 50, 20_000, 10_000);

    @Test
    void namesLineAndColumnOfTheTokenThatCannotStandThere() {
        ChatTemplateException failure =
                catchThrowableOfType(
                        ChatTemplateException.class,
                        () -> Template.parse("one\n  {{ a +\n    | }}"));

        assertThat(failure.reason()).isEqualTo(Reason.SYNTAX);
        assertThat(failure.line()).isEqualTo(3);
        assertThat(failure.column()).isEqualTo(5);
        assertThat(failure)
                .hasMessage("chat template, line 3, column 5: expected an expression, found '|'.");
    }

    @Test
    void namesLineAndColumnOfTheOperationThatFails() {
        ChatTemplateException failure = failure("{% if true %}\n  {{ 1 + ('a' + 2) }}{% endif %}");

        assertThat(failure.reason()).isEqualTo(Reason.EVALUATION);
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.column()).isEqualTo(11);
        assertThat(failure.problem()).isEqualTo("'+' does not work on 'str' and 'int'");
    }

    @Test
    void givesTheTemplatesOwnWordsWhenItRefuses() {
        ChatTemplateException failure = failure("{{ raise_exception('No system role!') }}");

        assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        assertThat(failure.problem()).isEqualTo("No system role!");
    }

    @Test
    void keepsTextsOfTheConversationOutOfMessages() {
        Map<String, Value> variables = Map.of("secret", Text.untrusted("s3cret"));

        for (String template :
                List.of(
                        "{{ {}[secret].x }}",
                        "{{ 1 + secret }}",
                        "{{ secret | attr(secret) + 1 }}")) {
            assertThatThrownBy(() -> Template.parse(template).render(variables, Recorded.CLOCK))
                    .isInstanceOf(ChatTemplateException.class)
                    .hasMessageNotContaining("s3cret");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
                "{{ 'a' * 999999999 }}",
                "{{ [0] * 999999999 }}",
                "{{ (0,) * 99999 * 99999 }}",
                "{{ 9 ** (9 ** 9) }}",
                "{{ 2 ** 99999999999999999999 }}",
                "{{ '%999999999d' % 1 }}",
                "{{ '%.999999999f' % 1 }}",
                "{{ '{:>999999999}'.format(1) }}",
                "{{ 'a'.center(999999999) }}",
                "{{ 'a' | indent(999999999, true) }}",
                "{{ ('a' * 9999).replace('a', 'b' * 9999) }}",
                "{{ ('a,' * 4999).split(',') | join('b' * 9999) }}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% macro m() %}{% for x in [1] %}{% if true %}{{ ((m())) }}{% endif %}{% endfor %}"
                        + "{% endmacro %}{{ m() }}",
                "{% set n = namespace(x=[]) %}{% for i in range(9999) %}{% set n.x = [n.x] %}"
                        + "{% endfor %}{{ n.x }}",
                "{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = [n.x, n.x] %}"
                        + "{% endfor %}{{ n.x == n.x }}{{ n.x }}",
                "{% set n = namespace(x=(1,)) %}{% for i in range(99) %}{% set n.x = (n.x, n.x) %}"
                        + "{% endfor %}{{ {n.x: 1} }}",
                "{% set n = namespace(x='ab') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}"
                        + "{% endfor %}",
                "{% set n = namespace() %}{% set n.n = n %}{{ n }}",
                "{{ range(99999) | batch(2) | map('list') | list | length }}",
                "{{ range(99999) | slice(99999999) | list }}",
                "{{ [1] | batch(999999999, 0) | list }}",
            })
    void stopsWhatWouldEatTimeOrMemory(String template) {
        ChatTemplateException failure =
                catchThrowableOfType(
                        ChatTemplateException.class,
                        () -> Template.parse(template, SMALL).render(Map.of(), Recorded.CLOCK));

        assertThat(failure.reason()).isEqualTo(Reason.LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{1:", "-", "not ", "f(", "a[", "1 if "})
    void stopsSyntaxThatNestsWithoutEnd(String opening) {
        String template = "{{ " + opening.repeat(100_000 / opening.length()) + " }}";

        assertThatThrownBy(() -> Template.parse(template))
                .isInstanceOf(ChatTemplateException.class);
    }

    @Test
    void stopsTagsThatNestWithoutEnd() {
        assertThat(parseFailure("{% if 1 %}".repeat(10_000)).reason()).isEqualTo(Reason.LIMIT);
    }

    @Test
    void stopsAnExpressionWhoseOperatorsNestTooDeep() {
        ChatTemplateException failure = failure("{{ 1" + " + 1".repeat(5_000) + " }}");

        assertThat(failure.reason()).isEqualTo(Reason.LIMIT);
    }

    @Test
    void refusesATemplateThatIsTooLong() {
        assertThatThrownBy(() -> Template.parse("x".repeat(2_001), SMALL))
                .isInstanceOf(ChatTemplateException.class)
                .hasMessageContainingAll("at most 2000 chars", "found 2001");
    }

    @Test
    void answersWithTheClocksTime() {
        Text text =
                Template.parse("{{ strftime_now('%d %b %Y') }}").render(Map.of(), Recorded.CLOCK);

        assertThat(text.chars()).isEqualTo("26 Jul 2024");
        assertThat(text.runs()).containsExactly(new Text.Run("26 Jul 2024", true));
    }

    private static ChatTemplateException failure(String template) {
        return catchThrowableOfType(
                ChatTemplateException.class,
                () -> Template.parse(template).render(Map.of(), Recorded.CLOCK));
    }

    private static ChatTemplateException parseFailure(String template) {
        return catchThrowableOfType(ChatTemplateException.class, () -> Template.parse(template));
    }
}
