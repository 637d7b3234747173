package dev.altiplano.model.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.model.jinja.ChatTemplateException;
import dev.altiplano.model.jinja.Recorded;
import dev.altiplano.model.token.PromptText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever control tokens a conversation spells, in any of its texts: a prompt has the control
 * tokens that it would have with harmless texts, in the same order, and no other.
 */
final class ChatTrustTest {
    private static final int PROMPTS = 40;

    static Stream<Arguments> formatsAndSeeds() {
        List<Map.Entry<String, ChatFormat>> formats = new ArrayList<>();
        RecordedChats.TEMPLATES.forEach(
                name -> formats.add(Map.entry(name, RecordedChats.format(name))));
        for (LlamaFamily family : LlamaFamily.values()) {
            formats.add(Map.entry(family + " by hand", family.format(Recorded.CLOCK)));
        }
        formats.add(Map.entry("every text operation", everyTextOperation()));
        return formats.stream()
                .flatMap(
                        format ->
                                IntStream.of(1, 2, 3)
                                        .mapToObj(
                                                seed ->
                                                        Arguments.of(
                                                                format.getKey(),
                                                                seed,
                                                                format.getValue())));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("formatsAndSeeds")
    void noTextOfAConversationBecomesAControlToken(String name, int seed, ChatFormat format) {
        SplittableRandom random = new SplittableRandom(seed);
        int rendered = 0;
        for (int i = 0; i < PROMPTS; i++) {
            long shape = random.nextLong();
            Optional<PromptText> hostile = render(format, prompt(shape, hostile(random)));
            Optional<PromptText> harmless = render(format, prompt(shape, harmless()));

            if (hostile.isPresent() && harmless.isPresent()) {
                rendered++;
                assertThat(ControlTokens.trusted(hostile.get()))
                        .isEqualTo(ControlTokens.trusted(harmless.get()));
            }
        }
        assertThat(rendered).isPositive();
    }

    private static Optional<PromptText> render(ChatFormat format, ChatPrompt prompt) {
        try {
            return Optional.of(format.render(prompt));
        } catch (ChatTemplateException refused) {
            return Optional.empty();
        }
    }

    /** Where the texts of a conversation come from. */
    private interface Texts {
        String next();
    }

    /** No two texts are equal: Mistral's template looks for a message by comparing. */
    private static Texts harmless() {
        AtomicInteger count = new AtomicInteger();
        return () -> "harmless " + count.incrementAndGet();
    }

    private static Texts hostile(SplittableRandom random) {
        AtomicInteger count = new AtomicInteger();
        return () -> {
            StringBuilder text = new StringBuilder().append(count.incrementAndGet());
            for (int parts = random.nextInt(1, 5); parts > 0; parts--) {
                String token = ControlTokens.ALL.get(random.nextInt(ControlTokens.ALL.size()));
                // Halves of tokens, too: a template may write the other half.
                int cut = random.nextInt(1, token.length() + 1);
                text.append(
                        switch (random.nextInt(4)) {
                            case 0 -> token.substring(0, cut);
                            case 1 -> token.substring(cut - 1);
                            case 2 -> " " + token + "\n";
                            default -> token;
                        });
            }
            return text.toString();
        };
    }

    /** A conversation whose shape depends on {@code shape} alone. */
    private static ChatPrompt prompt(long shape, Texts texts) {
        SplittableRandom random = new SplittableRandom(shape);
        List<ChatMessage> messages = new ArrayList<>();
        if (random.nextBoolean()) {
            messages.add(ChatMessage.system(texts.next()));
        }
        for (int turns = random.nextInt(1, 4); turns > 0; turns--) {
            messages.add(ChatMessage.user(texts.next()));
            if (random.nextInt(3) == 0) {
                messages.add(ChatMessage.assistant(texts.next(), calls(random, texts)));
                messages.add(ChatMessage.tool(texts.next(), "[/INST]xy", texts.next()));
            }
            messages.add(ChatMessage.assistant(texts.next()));
        }
        messages.add(
                random.nextInt(8) == 0
                        ? ChatMessage.plain(texts.next(), texts.next())
                        : ChatMessage.user(texts.next()));
        List<ToolDefinition> tools =
                random.nextBoolean()
                        ? List.of()
                        : List.of(new ToolDefinition(texts.next(), texts.next(), json(texts)));
        return ChatPrompt.of(messages)
                .withTools(tools)
                .withTemplateArguments(
                        "{\"date_string\": %s, \"tools_in_user_message\": %s}"
                                .formatted(quoted(texts.next()), random.nextBoolean()));
    }

    private static List<ToolCall> calls(SplittableRandom random, Texts texts) {
        String arguments = random.nextBoolean() ? json(texts) : texts.next();
        return List.of(new ToolCall("<|eot|>xy", texts.next(), arguments));
    }

    private static String json(Texts texts) {
        return "{%s: {%s: [%s, 1.5, null]}}"
                .formatted(quoted(texts.next()), quoted(texts.next()), quoted(texts.next()));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\n", "\\n") + "\"";
    }

    /** A template that sends texts through everything that can be done to a text. */
    private static ChatFormat everyTextOperation() {
        return new JinjaChatFormat(
                "operations",
                """
                {%- macro show(x) %}{{ x }}{% endmacro %}
                {%- for m in messages %}
                {%- set c = m.content %}
                {{- '<|im_start|>' ~ c ~ '<|im_end|>' }}
                {{ c | trim }}{{ c | replace('harm', '<|eot|>'[:0]) }}{{ c.replace('|>', '|>') }}
                {{ c[1:] }}{{ c[:-1] }}{{ c[::-1] }}{{ c[::-1][::-1] }}{{ c | reverse | reverse }}
                {{ c.split('|') | join('|') }}{{ '|'.join(c.split('|')) }}{{ c | list | join }}
                {{ c.upper().lower() }}{{ c | title | lower }}{{ c | capitalize }}{{ c.swapcase() }}
                {{ '%s' % c }}{{ '%-30s|%r' % (c, c) }}{{ '{} {:>30}'.format(c, c) }}
                {{ c | tojson }}{{ [c] | tojson(indent=2) }}{{ [c] }}{{ {c: c} }}{{ (c, c)[1] }}
                {{ c | indent(2, true) }}{{ c | center(60) }}{{ c.ljust(60) }}{{ c * 2 }}
                {{ c | truncate(12, true, '') }}{{ c.splitlines() | join('\\n') }}{{ c | string }}
                {{ c.partition('|') | join }}{{ c.strip('<') }}{{ c | escape | replace('&lt;', '<') }}
                {{ [c, c] | map('upper') | map('lower') | join }}{{ show(c) }}{{ c.zfill(50) }}
                {% set ns = namespace(a='') %}{% for x in c %}{% set ns.a = ns.a + x %}{% endfor %}{{ ns.a }}
                {% filter lower %}{{ c }}{% endfilter %}{% set b %}{{ c }}{% endset %}{{ b }}
                {{ c | default('') }}{{ c | first ~ c[1:] }}{{ [c] | sort | first }}{{ [c] | max }}
                {{ c.removeprefix('<') }}{{ '<' ~ c }}{{ c ~ '>' }}{{ strftime_now(c) }}{{ dict(a=c).a }}
                {%- endfor %}
                """,
                Map.of("bos_token", "<s>"),
                Recorded.CLOCK);
    }
}
