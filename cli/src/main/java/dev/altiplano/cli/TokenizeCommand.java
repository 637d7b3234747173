package dev.altiplano.cli;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.token.PromptText;
import dev.altiplano.model.token.TiktokenFamily;
import dev.altiplano.model.token.Tokenizer;
import dev.altiplano.model.token.Tokenizers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code altiplano tokenize}: the token ids of text, or the text of ids. */
@Command(
        name = "tokenize",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the tokens of a text, as a model's tokenizer cuts it.",
            "Adds no beginning-of-text token, and special tokens only with --special."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano tokenize --model smollm2 \"The capital of France is Paris.\"",
            "  altiplano tokenize --tiktoken tokenizer.model --family llama4 --file essay.txt --json",
            "  altiplano tokenize --model smollm2 --jsonl texts.jsonl > ids.jsonl",
            "  altiplano tokenize --model smollm2 --decode \"504, 3575, 282\""
        })
final class TokenizeCommand implements Callable<Integer> {
    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "A model by name or path, or a tokenizer.json.")
    private @Nullable String model;

    @Option(names = "--tiktoken", paramLabel = "FILE", description = "A tiktoken vocabulary.")
    private @Nullable Path tiktoken;

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            description = "What the tiktoken file belongs to: llama3 or llama4.")
    private @Nullable TiktokenFamily family;

    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "The text.")
    private @Nullable String text;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Takes the text from a file in UTF-8, or from standard input (-).")
    private @Nullable String file;

    @Option(
            names = "--jsonl",
            paramLabel = "FILE",
            description = {
                "Reads one JSON string a line (- for standard input) and prints one JSON array of"
                        + " ids a line; with --decode the other way round."
            })
    private @Nullable String jsonl;

    @Option(names = "--special", description = "Reads special tokens in the text as what they are.")
    private boolean special;

    @Option(names = "--decode", description = "Turns ids into text.")
    private boolean decode;

    @Option(names = "--json", description = "Prints the ids, or the text, as JSON.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (Stream.of(text, file, jsonl).filter(input -> input != null).count() != 1) {
            throw usage("expected one of TEXT, --file or --jsonl");
        }
        Tokenizer tokenizer = open();
        PrintWriter out = spec.commandLine().getOut();
        if (jsonl != null) {
            convertLines(tokenizer, jsonl, out);
        } else {
            String input = file == null ? String.valueOf(text) : TextInput.read(file);
            if (decode) {
                print(tokenizer.decode(parseIds(tokenizer, input)), out);
            } else {
                print(tokenizer, encode(tokenizer, input), out);
            }
        }
        out.flush();
        return 0;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private Tokenizer open() throws IOException {
        if (tiktoken != null) {
            if (family == null) {
                throw usage("--tiktoken needs --family llama3 or llama4");
            }
            return Tokenizers.fromTiktoken(tiktoken, family);
        }
        if (model == null) {
            throw usage("expected --model, or --tiktoken and --family");
        }
        Path path = Models.resolve(model, spec.commandLine().getErr());
        if (Files.isDirectory(path)) {
            return Tokenizers.fromFolder(path);
        }
        if (path.toString().endsWith(".json")) {
            return Tokenizers.fromTokenizerJson(path);
        }
        try (GgufFile gguf = GgufFile.open(path)) {
            return Tokenizers.fromGguf(gguf);
        }
    }

    private int[] encode(Tokenizer tokenizer, String input) {
        return special ? tokenizer.encode(PromptText.trusted(input)) : tokenizer.encode(input);
    }

    private void convertLines(Tokenizer tokenizer, String source, PrintWriter out)
            throws IOException {
        try (Reader lines = TextInput.lines(source)) {
            Optional<String> line;
            for (int number = 1; ; number++) {
                String where = "%s, line %d".formatted(source, number);
                line = TextInput.readLine(lines, where);
                if (line.isEmpty()) {
                    return;
                }
                if (!line.get().isBlank()) {
                    out.println(convertLine(tokenizer, where, line.get()));
                }
            }
        }
    }

    private String convertLine(Tokenizer tokenizer, String where, String line) {
        JsonNode node;
        try {
            node = JsonMapper.shared().readTree(line);
        } catch (JacksonException e) {
            throw new AltiplanoException(
                    "%s: expected JSON, found %s. Mend the line."
                            .formatted(where, e.getOriginalMessage()),
                    e);
        }
        if (decode && node.isArray()) {
            return toJson(tokenizer.decode(parseIds(tokenizer, line)));
        }
        if (!decode && node.isString()) {
            return Arrays.toString(encode(tokenizer, node.stringValue()));
        }
        throw new AltiplanoException(
                "%s: expected a JSON %s, found %s. Mend the line."
                        .formatted(where, decode ? "array of ids" : "string", node.getNodeType()));
    }

    /** Reads {@code 1,2,3}, {@code 1 2 3} or {@code [1, 2, 3]}. */
    private static int[] parseIds(Tokenizer tokenizer, String ids) {
        return Stream.of(ids.split("[\\s,\\[\\]]+"))
                .filter(id -> !id.isEmpty())
                .mapToInt(id -> parseId(tokenizer, id))
                .toArray();
    }

    private static int parseId(Tokenizer tokenizer, String digits) {
        try {
            int id = Integer.parseInt(digits);
            if (id >= 0 && id < tokenizer.vocabSize()) {
                return id;
            }
        } catch (NumberFormatException notANumber) {
            // Falls through to the same message as a number out of range.
        }
        throw new AltiplanoException(
                "token ids: expected numbers from 0 to %d, found %s. Is it the right tokenizer?"
                        .formatted(tokenizer.vocabSize() - 1, digits));
    }

    private void print(String decoded, PrintWriter out) {
        out.println(json ? toJson(decoded) : decoded);
    }

    private void print(Tokenizer tokenizer, int[] ids, PrintWriter out) {
        if (json) {
            out.println(Arrays.toString(ids));
            return;
        }
        for (int id : ids) {
            out.printf("%7d  %s%n", id, toJson(tokenizer.text(id)));
        }
        out.printf("%d %s%n", ids.length, ids.length == 1 ? "token" : "tokens");
    }

    private static String toJson(String value) {
        return JsonMapper.shared().writeValueAsString(value);
    }
}
