package dev.altiplano.model.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.model.json.Json;
import dev.altiplano.model.token.PromptText;
import dev.altiplano.model.token.Tokenizer;
import dev.altiplano.model.token.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From a conversation to ids: control ids where the format writes them and nowhere else. */
final class ChatTokensTest {
    static Stream<String> templates() {
        return RecordedChats.TEMPLATES.stream();
    }

    /** A tiny tokenizer that knows every control token of the recorded templates. */
    private static Tokenizer tokenizer(Path folder) throws IOException {
        Json.Obj tiny = (Json.Obj) Json.read(Path.of("src/test/resources/tokenizer/llama3.json"));
        Map<String, Json> members = new LinkedHashMap<>(tiny.members());
        List<Json> added =
                new ArrayList<>(((Json.Arr) tiny.find("added_tokens").orElseThrow()).items());
        for (int i = 0; i < ControlTokens.ALL.size(); i++) {
            Map<String, Json> token = new LinkedHashMap<>(((Json.Obj) added.getFirst()).members());
            token.put("id", new Json.Num(Integer.toString(10_000 + i)));
            token.put("content", new Json.Str(ControlTokens.ALL.get(i)));
            added.add(new Json.Obj(token));
        }
        members.put("added_tokens", new Json.Arr(added));
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(file, Json.write(new Json.Obj(members)));
        return Tokenizers.fromTokenizerJson(file);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("templates")
    void makesControlIdsOfTheTemplatesTokensOnly(String template, @TempDir Path folder)
            throws IOException {
        Tokenizer tokenizer = tokenizer(folder);
        ChatFormat format = RecordedChats.format(template);
        List<ChatMessage> messages = new ArrayList<>();
        for (String token : ControlTokens.ALL) {
            messages.add(ChatMessage.user("say " + token));
            messages.add(ChatMessage.assistant(token + " said"));
        }
        messages.add(ChatMessage.user(String.join("", ControlTokens.ALL)));

        PromptText prompt = format.render(ChatPrompt.of(messages));
        int[] ids = tokenizer.encode(prompt);

        List<String> control =
                Arrays.stream(ids).filter(id -> id >= 10_000).mapToObj(tokenizer::text).toList();
        assertThat(control).isEqualTo(ControlTokens.trusted(prompt)).isNotEmpty();
        assertThat(tokenizer.decode(ids)).isEqualTo(prompt.text());
    }
}
