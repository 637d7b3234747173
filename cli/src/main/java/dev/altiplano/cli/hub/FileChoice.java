package dev.altiplano.cli.hub;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which files of a repository make the model that was asked for. */
final class FileChoice {
    /** What people most often want first: small, and close to the original. */
    private static final List<String> PREFERRED =
            List.of("Q4_K_M", "Q4_0", "Q4_1", "Q5_K_M", "Q6_K", "Q8_0", "F16", "BF16", "F32");

    /** Everything of a safetensors repository that the engine may read. */
    private static final Set<String> COMPANIONS =
            Set.of(
                    "config.json",
                    "generation_config.json",
                    "tokenizer.json",
                    "tokenizer_config.json",
                    "chat_template.jinja",
                    "special_tokens_map.json",
                    "model.safetensors.index.json");

    private static final Pattern PART = Pattern.compile("-\\d{5}-of-\\d{5}(?=\\.gguf$)");
    private static final Pattern FORMAT =
            Pattern.compile("(?i)(?:^|[-._/])((?:I?Q\\d\\w*|TQ\\d\\w*|MXFP4\\w*|BF16|F16|F32))$");

    private FileChoice() {}

    /** Throws {@link PullException}, naming what there is, if nothing fits. */
    static List<RemoteFile> choose(ModelName name, List<RemoteFile> files) {
        List<RemoteFile> ggufs =
                files.stream()
                        .filter(file -> file.path().endsWith(".gguf"))
                        .filter(file -> !file.name().startsWith("mmproj"))
                        .toList();
        return ggufs.isEmpty() ? safetensors(name, files) : gguf(name, ggufs);
    }

    private static List<RemoteFile> gguf(ModelName name, List<RemoteFile> files) {
        Set<String> variants = new TreeSet<>();
        files.forEach(file -> variants.add(variant(file)));
        List<String> wanted =
                name.variant().isPresent() ? List.of(name.variant().get()) : PREFERRED;
        for (String want : wanted) {
            List<RemoteFile> chosen = files.stream().filter(file -> fits(file, want)).toList();
            if (!chosen.isEmpty()) {
                return chosen;
            }
        }
        if (name.variant().isEmpty() && variants.size() == 1) {
            return files;
        }
        throw new PullException(
                "%s: expected one of its variants %s, found '%s'. Name one: altiplano pull %s/%s:%s"
                        .formatted(
                                name,
                                variants,
                                name.variant().orElse("none"),
                                name.owner(),
                                name.repository(),
                                variants.iterator().next()));
    }

    private static boolean fits(RemoteFile file, String want) {
        return variant(file).equalsIgnoreCase(want) || file.name().equalsIgnoreCase(want);
    }

    /**
     * The quantisation in a file's name: {@code Q4_K_M} of {@code a-Q4_K_M-00001-of-00002.gguf}.
     */
    private static String variant(RemoteFile file) {
        String stem = PART.matcher(file.name()).replaceFirst("").replaceFirst("\\.gguf$", "");
        Matcher matcher = FORMAT.matcher(stem);
        return matcher.find() ? matcher.group(1).toUpperCase(Locale.ROOT) : stem;
    }

    private static List<RemoteFile> safetensors(ModelName name, List<RemoteFile> files) {
        List<RemoteFile> chosen =
                files.stream()
                        .filter(file -> !file.path().contains("/"))
                        .filter(
                                file ->
                                        COMPANIONS.contains(file.path())
                                                || file.path().endsWith(".safetensors"))
                        .toList();
        if (chosen.stream().noneMatch(file -> file.path().endsWith(".safetensors"))) {
            throw new PullException(
                    "%s: expected GGUF or safetensors files, found neither. Choose a repository that holds one."
                            .formatted(name));
        }
        return chosen;
    }
}
