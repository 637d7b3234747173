package dev.altiplano.model.fuzz;

import dev.altiplano.compute.Tensor;
import dev.altiplano.model.LlamaModel;
import dev.altiplano.model.convert.HfToGguf;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.GgufMetadata;
import dev.altiplano.model.file.GgufType;
import dev.altiplano.model.file.GgufValue;
import dev.altiplano.model.file.ModelFile;
import dev.altiplano.model.file.SafetensorsFile;
import dev.altiplano.model.file.SafetensorsFolder;
import dev.altiplano.model.json.Json;
import dev.altiplano.model.token.PromptText;
import dev.altiplano.model.token.TiktokenFamily;
import dev.altiplano.model.token.Tokenizer;
import dev.altiplano.model.token.Tokenizers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All kinds of files that come from outside, each opened and read to its end. */
final class FuzzTargets {
    private static final String TEXT =
            "The lake is low:\n  12.5 m ½ señora 日本 🌊 <|end|> </s>\t\u0004";

    private static long charactersRead;

    private FuzzTargets() {}

    private static void count(Object read) {
        charactersRead += read.toString().length();
    }

    /** How much metadata was decoded, which nobody may optimise away. */
    static long charactersRead() {
        return charactersRead;
    }

    static List<FuzzTarget> all() {
        List<FuzzTarget> targets = new ArrayList<>();
        targets.add(
                single("gguf", "all.gguf", GoodFiles.everyMetadataType(), FuzzTargets::openGguf));
        targets.add(
                new FuzzTarget(
                        "gguf-split",
                        GoodFiles.split(),
                        List.copyOf(GoodFiles.split().keySet()),
                        folder -> openGguf(folder.resolve("s-00002-of-00002.gguf"))));
        targets.add(
                single("gguf-llama", "llama.gguf", GoodFiles.llamaGguf(), FuzzTargets::openModel));
        targets.add(
                single(
                        "gguf-llama4",
                        "llama4.gguf",
                        GoodFiles.llama4Gguf(),
                        FuzzTargets::openModel));
        targets.add(
                single(
                        "safetensors",
                        "all.safetensors",
                        GoodFiles.everyDtype(),
                        FuzzTargets::openSafetensors));
        for (String family : List.of("llama", "llama4")) {
            Map<String, byte[]> files = GoodFiles.folder(family);
            targets.add(
                    new FuzzTarget(
                            "folder-" + family,
                            files,
                            List.copyOf(files.keySet()),
                            FuzzTargets::openFolder));
        }
        for (String name : List.of("gpt2", "smollm", "llama3", "llama4", "qwen2", "llama2")) {
            targets.add(
                    single(
                            "tokenizer.json-" + name,
                            "tokenizer.json",
                            GoodFiles.resource("tokenizer/" + name + ".json"),
                            file -> use(Tokenizers.fromTokenizerJson(file))));
        }
        for (String name : List.of("gpt2", "smollm", "llama3", "llama4", "sentencepiece")) {
            targets.add(
                    single(
                            "tokenizer.gguf-" + name,
                            "tokenizer.gguf",
                            GoodFiles.resource("tokenizer/" + name + ".gguf"),
                            FuzzTargets::openGgufTokenizer));
        }
        targets.add(
                single(
                        "tiktoken",
                        "small.tiktoken",
                        GoodFiles.tiktoken(),
                        file -> use(Tokenizers.fromTiktoken(file, TiktokenFamily.LLAMA4))));
        targets.add(single("json", "any.json", GoodFiles.json(), FuzzTargets::openJson));
        return targets;
    }

    private static FuzzTarget single(
            String name, String file, byte[] good, FuzzTarget.Opener opener) {
        return new FuzzTarget(
                name,
                Map.of(file, good),
                List.of(file),
                folder -> opener.open(folder.resolve(file)));
    }

    private static void openGguf(Path path) {
        try (GgufFile file = GgufFile.open(path)) {
            GgufMetadata metadata = file.metadata();
            for (String key : metadata.keys()) {
                GgufValue value = metadata.find(key).orElseThrow();
                read(value);
                if (value instanceof GgufValue.Array array) {
                    if (array.elementType() == GgufType.STRING) {
                        metadata.strings(key).orElseThrow().forEach(FuzzTargets::count);
                    } else if (array.elementType() == GgufType.FLOAT32) {
                        count(metadata.floats(key).orElseThrow());
                    } else if (array.elementType() == GgufType.INT32) {
                        count(metadata.integers(key).orElseThrow());
                    }
                }
            }
            decode(file);
        }
    }

    private static void read(GgufValue value) {
        if (value instanceof GgufValue.Array array) {
            array.items().forEach(FuzzTargets::read);
        } else {
            count(value);
        }
    }

    private static void decode(ModelFile file) {
        for (Tensor tensor : file.tensors()) {
            tensor.decode();
        }
    }

    private static void openSafetensors(Path path) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            decode(file);
        }
    }

    private static void openModel(Path path) {
        try (LlamaModel model = LlamaModel.open(path)) {
            model.tokenizer().ifPresent(FuzzTargets::use);
            decode(model.file());
        }
    }

    private static void openFolder(Path folder) {
        openModel(folder);
        try (SafetensorsFolder source = SafetensorsFolder.open(folder)) {
            new HfToGguf(source, Optional.empty()).write(folder.resolve("out.gguf"), done -> {});
        }
    }

    private static void openGgufTokenizer(Path path) {
        try (GgufFile file = GgufFile.open(path)) {
            use(Tokenizers.fromGguf(file));
        }
    }

    private static void use(Tokenizer tokenizer) {
        int[] ids = tokenizer.encode(PromptText.trusted(TEXT));
        tokenizer.decode(ids);
        for (int id = 0; id < Math.min(tokenizer.vocabSize(), 1000); id++) {
            tokenizer.bytes(id);
            tokenizer.text(id);
        }
        tokenizer.stopIds().forEach(tokenizer::text);
    }

    private static void openJson(Path path) throws IOException {
        Json json = Json.read(path);
        Json.parse(json.toString());
    }
}
