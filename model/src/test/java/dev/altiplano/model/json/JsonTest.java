package dev.altiplano.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.ModelFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    @Test
    void readsEveryKindOfValueInTheOrderOfTheSource() {
        Json json =
                Json.parse(" {\"b\":[1,-2.5e3,[]],\"a\":\"x\",\"t\":true,\"f\":false,\"n\":null} ");

        assertThat(json).isInstanceOf(Json.Obj.class);
        Map<String, Json> members = ((Json.Obj) json).members();
        assertThat(members.keySet()).containsExactly("b", "a", "t", "f", "n");
        assertThat(members)
                .containsEntry("a", new Json.Str("x"))
                .containsEntry("t", new Json.Bool(true))
                .containsEntry("n", new Json.Null());
        assertThat(members.get("b"))
                .isEqualTo(
                        new Json.Arr(
                                List.of(
                                        new Json.Num("1"),
                                        new Json.Num("-2.5e3"),
                                        new Json.Arr(List.of()))));
        assertThat(json)
                .hasToString("{\"b\":[1,-2.5e3,[]],\"a\":\"x\",\"t\":true,\"f\":false,\"n\":null}");
    }

    @Test
    void decodesEveryEscapeAndSurrogatePairs() {
        Json json = Json.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\ude00 ñ😀\"");

        assertThat(json).isEqualTo(new Json.Str("\"\\/\b\f\n\r\té😀 ñ😀"));
    }

    @Test
    void keepsNumbersExactlyAsWritten() {
        Json.Num wide = (Json.Num) Json.parse("9223372036854775807");

        assertThat(wide.asLong()).isEqualTo(Long.MAX_VALUE);
        assertThat(new Json.Num("1e3").asLong()).isEqualTo(1000);
        assertThat(new Json.Num("1.0").asLong()).isEqualTo(1);
        assertThat(new Json.Num("0.1").asDouble()).isEqualTo(0.1);
        assertThatThrownBy(() -> new Json.Num("1.5").asLong())
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Json.Num("1e999999999").asLong())
                .isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1",
                "[1,",
                "[1,]",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\" 1}",
                "[1 2]",
                "tru",
                "nul",
                "True",
                "'a'",
                "\"",
                "\"a",
                "\"\\",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12G4\"",
                "\"\n\"",
                "\"\t\"",
                "01",
                "-",
                "+1",
                ".5",
                "1.",
                "1e",
                "1e+",
                "1.5.2",
                "1-2",
                "0x10",
                "NaN",
                "Infinity",
                "1 2",
                "[]]",
                "// x\n1",
                "\uFEFF1",
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"\\ud800\\u0041\"",
                "\"\\ud800x\""
            })
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("line ", "column ", "byte ", "expected");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "C0 80, an overlong form",
        "E0 80 80, an overlong form",
        "F0 80 80 80, an overlong form",
        "ED A0 80, a surrogate",
        "F4 90 80 80, a number above U+10FFFF",
        "FF, a byte that never occurs",
        "80, a byte that only continues",
        "C3, a character cut short",
        "E2 82, a character cut short"
    })
    void refusesBytesThatAreNoUtf8(String hex, String why) {
        byte[] bytes = HexFormat.of().parseHex("22" + hex.replace(" ", "") + "22");

        assertThatThrownBy(() -> Json.parse("tokenizer.json", bytes))
                .as(why)
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("tokenizer.json", "UTF-8", "byte 1)");
    }

    @Test
    void saysLineAndColumnOfTheMistake() {
        assertThatThrownBy(() -> Json.parse("{\n  \"a\": 1,\n  \"b\": x\n}"))
                .hasMessageContaining("line 3, column 8 (byte 19)")
                .hasMessageContaining("found 'x'");
    }

    @ParameterizedTest(name = "{0} members")
    @ValueSource(ints = {2, 9, 100})
    void refusesAKeyThatStandsTwice(int members) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < members - 1; i++) {
            text.append("\"k%d\":[%d],".formatted(i, i));
        }
        text.append("\"\\u006b0\":1}");

        assertThatThrownBy(() -> Json.parse(text.toString()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("each key once, found \"k0\" again");
    }

    @Test
    void refusesNestingBeyondTheLimitInsteadOfOverflowingTheStack() {
        String deepest = "[".repeat(Json.DEPTH_MAX) + "1" + "]".repeat(Json.DEPTH_MAX);

        assertThat(Json.parse(deepest)).hasToString(deepest);
        assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("64 levels");
    }

    @Test
    void refusesKeysMadeToCollideInsteadOfSpendingMinutesOnThem() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < 1 << 16; i++) {
            for (int bit = 0; bit < 16; bit++) {
                text.append(bit == 0 ? "\"" : "").append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append("\":0,");
        }
        text.append("\"end\":0}");

        assertThatThrownBy(() -> Json.parse(text.toString()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("collide");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void readsBackEveryTreeThatItWrites(long seed) {
        Json tree = randomTree(new SplittableRandom(seed), 5);

        Json read = Json.parse(tree.toString());

        assertThat(read).isEqualTo(tree);
        assertThat(read).hasToString(tree.toString());
    }

    @Test
    void findsItemsOfALongListByIndexInAnyOrder() {
        List<Json> items = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Json number = new Json.Num(Integer.toString(i));
            items.add(i % 3 == 0 ? new Json.Arr(List.of(number, number)) : number);
        }
        List<Json> read = ((Json.Arr) Json.parse(new Json.Arr(items).toString())).items();

        for (int i = items.size() - 1; i >= 0; i--) {
            assertThat(read.get(i)).isEqualTo(items.get(i));
        }
    }

    @Test
    void refusesAFileAboveTheLimitBeforeReadingIt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("config.json");
        Files.writeString(file, "[1, 2, 3]", StandardCharsets.UTF_8);

        assertThat(Json.read(file, 9)).hasToString("[1,2,3]");
        assertThatThrownBy(() -> Json.read(file, 8))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("config.json", "8", "9");
    }

    @Test
    void writesPlainJavaTreesAndEscapesWhatJsonCannotHold() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("q\"\\\u0001\uD800", List.of(1, 2.5, true, "ñ"));

        assertThat(Json.write(tree)).isEqualTo("{\"q\\\"\\\\\\u0001\\ud800\":[1,2.5,true,\"ñ\"]}");
        assertThatThrownBy(() -> Json.write(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.write(new Object()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Json randomTree(SplittableRandom random, int depth) {
        int kind = random.nextInt(depth == 0 ? 4 : 6);
        return switch (kind) {
            case 0 -> new Json.Str(randomText(random));
            case 1 -> new Json.Num(Long.toString(random.nextLong()));
            case 2 -> new Json.Num(Double.toString(random.nextDouble()));
            case 3 -> random.nextBoolean() ? new Json.Bool(random.nextBoolean()) : new Json.Null();
            case 4 -> {
                Map<String, Json> members = new LinkedHashMap<>();
                for (int i = random.nextInt(30); i > 0; i--) {
                    members.put(randomText(random), randomTree(random, depth - 1));
                }
                yield new Json.Obj(members);
            }
            default -> {
                List<Json> items = new ArrayList<>();
                for (int i = random.nextInt(30); i > 0; i--) {
                    items.add(randomTree(random, depth - 1));
                }
                yield new Json.Arr(items);
            }
        };
    }

    private static String randomText(SplittableRandom random) {
        int[] ranges = {0x80, 0x800, 0xD800, 0x20000};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(random.nextInt(ranges[random.nextInt(ranges.length)]));
        }
        return text.toString().replaceAll("[\uD800-\uDFFF]", "s");
    }
}
