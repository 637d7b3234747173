package dev.altiplano.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The launcher in a folder of its own, with JDKs and a Maven that only write down how they were
 * called. The launcher's copy looks for JDKs in a folder of the test, not in the system's.
 */
final class FakeInstallation {
    /** What one run of the launcher did: exit code, what the program was given, what was said. */
    record Start(int exitCode, List<String> out, String err) {}

    final Path home;
    final Path systemJdks;
    private final Path root;

    private FakeInstallation(Path root) throws IOException {
        this.root = root;
        this.home = Files.createDirectories(root.resolve("a folder/with spaces"));
        this.systemJdks = Files.createDirectories(root.resolve("jvm"));
        String launcher =
                Files.readString(Path.of("..", "altiplano"))
                        .replace("/usr/lib/jvm/*", "'" + systemJdks + "'/*")
                        .replace("/proc/cpuinfo", root + "/cpuinfo");
        processor("fpu sse2 avx fma f16c avx2");
        script(home.resolve("altiplano"), launcher);
    }

    /** As dist/ is copied to another machine: jars, no sources. */
    static FakeInstallation distribution(Path root) throws IOException {
        FakeInstallation installation = new FakeInstallation(root);
        Path lib = Files.createDirectories(installation.home.resolve("lib"));
        Files.createFile(lib.resolve("altiplano-cli-1.jar"));
        return installation;
    }

    /** As it was cloned: sources, no build. {@code mvn} makes the jars, or fails. */
    static FakeInstallation checkout(Path root, boolean mavenWorks) throws IOException {
        FakeInstallation installation = new FakeInstallation(root);
        for (String file : List.of("pom.xml", "LICENSE", "README.md", "README.es.md")) {
            Files.createFile(installation.home.resolve(file));
        }
        Files.createDirectories(installation.home.resolve("cli/src/main"));
        String build =
                mavenWorks
                        ? """
                        mkdir -p cli/target/lib
                        : >cli/target/lib/other-1.jar
                        : >cli/target/altiplano-cli-1.jar
                        """
                        : "echo no such class\nexit 1\n";
        installation.script(
                installation.root.resolve("bin/mvn"),
                "#!/bin/sh\necho \"$@\" >>'%s'\n%s".formatted(installation.mavenLog(), build));
        return installation;
    }

    /** A processor with these features, as Linux spells them. */
    void processor(String features) throws IOException {
        Files.writeString(
                root.resolve("cpuinfo"),
                "processor\t: 0\nmodel name\t: any\nflags\t\t: %s\nbugs\t\t:\n"
                        .formatted(features));
    }

    private Path mavenLog() {
        return root.resolve("mvn.log");
    }

    /** How often Maven was called. */
    int buildCount() throws IOException {
        return Files.exists(mavenLog()) ? Files.readAllLines(mavenLog()).size() : 0;
    }

    /** How often an AOT cache was asked for. */
    int trainingCount() throws IOException {
        Path log = root.resolve("java.log");
        if (!Files.exists(log)) {
            return 0;
        }
        return (int)
                Files.readAllLines(log).stream().filter(l -> l.contains("AOTCacheOutput")).count();
    }

    /** A JDK whose java prints its own path and its arguments, a line each. */
    Path jdk(Path folder, String version) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(
                folder.resolve("release"),
                "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        script(
                folder.resolve("bin/java"),
                "#!/bin/sh\necho \"$@\" >>'%s'\nprintf '%%s\\n' \"$0\" \"$@\"\n"
                        .formatted(root.resolve("java.log")));
        script(folder.resolve("bin/javac"), "#!/bin/sh\n");
        return folder;
    }

    /** Runs {@code command} and waits; only {@code environment} and a plain PATH are set. */
    Start start(Path command, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return await(launch(command, environment, arguments));
    }

    Process launch(Path command, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(command.toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(words).directory(root.toFile());
        process.environment().clear();
        process.environment().put("PATH", root.resolve("bin") + ":/usr/bin:/bin");
        process.environment().put("JAVA_HOME", root.resolve("none").toString());
        process.environment().putAll(environment);
        process.redirectError(Files.createTempFile(root, "err", ".txt").toFile());
        return process.start();
    }

    Start await(Process process) throws IOException, InterruptedException {
        List<String> out =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
        int exitCode = process.waitFor();
        StringBuilder err = new StringBuilder();
        try (var files = Files.newDirectoryStream(root, "err*.txt")) {
            for (Path file : files) {
                err.append(Files.readString(file));
            }
        }
        return new Start(exitCode, out, err.toString());
    }

    private void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + file);
        }
    }
}
