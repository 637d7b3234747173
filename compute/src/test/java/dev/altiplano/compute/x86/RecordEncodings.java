package dev.altiplano.compute.x86;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes {@code encodings.txt}: what GNU binutils makes of every instruction of {@link
 * EncodingCases}. Run it where {@code as} and {@code objdump} are, with the file to write as its
 * argument, after a change of the cases.
 */
final class RecordEncodings {
    private static final Pattern LINE =
            Pattern.compile("\\s*[0-9a-f]+:\\t([0-9a-f ]+?)\\s*(\\t.*)?");

    private RecordEncodings() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> texts = EncodingCases.all().stream().map(EncodingCases.Case::text).toList();
        Path source = Files.createTempFile("encodings", ".s");
        Path object = Files.createTempFile("encodings", ".o");
        Files.writeString(source, String.join("\n", texts) + "\n");
        run("as", "-msyntax=intel", "-mnaked-reg", "-o", object.toString(), source.toString());
        List<String> lines = new ArrayList<>();
        for (String line : run("objdump", "-d", "-w", object.toString()).lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                String hex = matcher.group(1).replace(" ", "");
                lines.add(hex + " " + texts.get(lines.size()));
            }
        }
        if (lines.size() != texts.size()) {
            throw new IllegalStateException(
                    "expected %d instructions, found %d".formatted(texts.size(), lines.size()));
        }
        Files.write(Path.of(args[0]), lines);
        Files.delete(source);
        Files.delete(object);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + "\n" + output);
        }
        return output;
    }
}
