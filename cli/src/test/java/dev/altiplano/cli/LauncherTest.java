package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.cli.FakeInstallation.Start;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The script {@code altiplano} at the root, run by the shell with JDKs that are none. */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
    private static final Map<String, String> PLAIN = Map.of();

    @TempDir private Path root;

    @ParameterizedTest
    @ValueSource(strings = {"25.0.3", "25.0.10", "25.1.3", "26", "26.0.1", "25.0.3.1"})
    void takesAJdkThatIsNewEnough(String version) throws Exception {
        FakeInstallation installed = FakeInstallation.distribution(root);
        Path jdk = installed.jdk(root.resolve("my jdk"), version);

        Start start = run(installed, Map.of("JAVA_HOME", jdk.toString()), "pull");

        assertThat(start.exitCode()).isZero();
        assertThat(start.out()).first().isEqualTo(jdk + "/bin/java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "25", "25.0.2", "1.8.0_402", "new", ""})
    void passesOverAJdkThatIsTooOldAndTakesTheSystems(String version) throws Exception {
        FakeInstallation installed = FakeInstallation.distribution(root);
        Path old = installed.jdk(root.resolve("old"), version);
        Path system = installed.jdk(installed.systemJdks.resolve("temurin-25"), "25.0.3");

        Start start = run(installed, Map.of("JAVA_HOME", old.toString()), "pull");

        assertThat(start.out()).first().isEqualTo(system + "/bin/java");
    }

    @Test
    void saysHowToGetAJdkWhereThereIsNone() throws Exception {
        FakeInstallation installed = FakeInstallation.distribution(root);
        Map<String, String> bare = Map.of("PATH", shellWithoutJava().toString());

        Start start = run(installed, bare, "pull");

        assertThat(start.exitCode()).isEqualTo(2);
        assertThat(start.err()).contains("expected a JDK 25.0.3 or later", "Get one:");
    }

    @Test
    void worksThroughLinksFromAnyFolder() throws Exception {
        FakeInstallation installed = FakeInstallation.distribution(root);
        installed.jdk(installed.systemJdks.resolve("jdk"), "25.0.3");
        Path folder = Files.createDirectories(root.resolve("bin of mine"));
        Path relative = folder.resolve("relative");
        Files.createSymbolicLink(relative, Path.of("../a folder/with spaces/altiplano"));
        Path absolute = folder.resolve("absolute");
        Files.createSymbolicLink(absolute, relative);

        Start start = installed.start(absolute, PLAIN, "pull");

        assertThat(start.exitCode()).isZero();
        assertThat(start.out()).contains(installed.home + "/lib/altiplano-cli-1.jar");
    }

    @Test
    void givesTheProgramItsArgumentsAsTheyWereTyped() throws Exception {
        FakeInstallation installed = FakeInstallation.distribution(root);
        installed.jdk(installed.systemJdks.resolve("jdk"), "25.0.3");

        Start start = run(installed, PLAIN, "tokenize", "two words", "", "*", "\"'$HOME");

        assertThat(start.out())
                .endsWith(
                        "dev.altiplano.cli.Altiplano",
                        "tokenize",
                        "two words",
                        "",
                        "*",
                        "\"'$HOME");
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void givesTheVectorModuleToTheVerbsThatChooseKernelsWhereThereIsNoAvx2(Verb verb)
            throws Exception {
        FakeInstallation installed = installation();
        installed.processor("fpu sse2 avx");

        Start start = run(installed, PLAIN, verb.word());

        assertThat(hasVectorModule(start)).isEqualTo(choosesKernels(verb));
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void startsWithoutTheVectorModuleWhereMachineCodeRuns(Verb verb) throws Exception {
        Start start = run(installation(), PLAIN, verb.word());

        assertThat(hasVectorModule(start)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tier vector", "--tier=Vector", "--tier vector model.gguf"})
    void givesTheVectorModuleToAFlagThatNeedsIt(String flags) throws Exception {
        Start start = run(installation(), PLAIN, ("chat " + flags).split(" "));

        assertThat(hasVectorModule(start)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALTIPLANO_TIER", "ALTIPLANO_CHAT_TIER"})
    void givesTheVectorModuleToAnEnvironmentThatNeedsIt(String variable) throws Exception {
        Start start = run(installation(), Map.of(variable, "vector"), "chat");

        assertThat(hasVectorModule(start)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"tier: vector, true", "'chat:\n  tier: \"vector\"', true", "tier: avx2, false"})
    void givesTheVectorModuleToSettingsThatNeedIt(String settings, boolean needed)
            throws Exception {
        Path file = Files.writeString(root.resolve("my.yaml"), settings + "\n");

        Start start = run(installation(), Map.of("ALTIPLANO_CONFIG", file.toString()), "chat");

        assertThat(hasVectorModule(start)).isEqualTo(needed);
    }

    private FakeInstallation installation() throws Exception {
        FakeInstallation installed = FakeInstallation.distribution(root);
        installed.jdk(installed.systemJdks.resolve("jdk"), "25.0.3");
        return installed;
    }

    @ParameterizedTest
    @CsvSource({
        "chat -, true",
        "chat - --stats, true",
        "chat, false",
        "chat model.gguf -, false",
        "chat - --tier=vector, false"
    })
    void onlyOneAnswerOfTheDefaultModelDoesWithoutTheSecondCompiler(String line, boolean without)
            throws Exception {
        Start start = run(installation(), PLAIN, line.split(" "));

        assertThat(doesWithoutSecondCompiler(start)).isEqualTo(without);
    }

    @Test
    void withoutMachineCodeTheSecondCompilerIsNeeded() throws Exception {
        FakeInstallation installed = installation();
        installed.processor("fpu sse2 avx");

        assertThat(doesWithoutSecondCompiler(run(installed, PLAIN, "chat", "-"))).isFalse();
    }

    private static boolean doesWithoutSecondCompiler(Start start) {
        return start.out().contains("-XX:TieredStopAtLevel=1");
    }

    private static boolean hasVectorModule(Start start) {
        return start.out().contains("--add-modules=jdk.incubator.vector");
    }

    @Test
    void preparesACopiedDistributionOnceAndAgainForAnotherJdk() throws Exception {
        FakeInstallation installed = FakeInstallation.distribution(root);
        Path jdk = installed.jdk(installed.systemJdks.resolve("jdk"), "25.0.3");

        run(installed, PLAIN, "pull");
        run(installed, PLAIN, "pull");
        assertThat(installed.trainingCount()).isEqualTo(2); // looking and computing

        installed.jdk(jdk, "25.0.4");
        run(installed, PLAIN, "pull");
        assertThat(installed.trainingCount()).isEqualTo(4);
    }

    @Test
    void buildsOnceWhenTwoStartTogether() throws Exception {
        FakeInstallation cloned = FakeInstallation.checkout(root, true);
        cloned.jdk(cloned.systemJdks.resolve("jdk"), "25.0.3");

        Process first = cloned.launch(cloned.home.resolve("altiplano"), PLAIN, "models");
        Process second = cloned.launch(cloned.home.resolve("altiplano"), PLAIN, "models");

        assertThat(cloned.await(first).exitCode()).isZero();
        assertThat(cloned.await(second).exitCode()).isZero();
        assertThat(cloned.buildCount()).isEqualTo(1);
    }

    @Test
    void buildsAgainAfterASourceChanged() throws Exception {
        FakeInstallation cloned = FakeInstallation.checkout(root, true);
        cloned.jdk(cloned.systemJdks.resolve("jdk"), "25.0.3");
        run(cloned, PLAIN, "models");
        run(cloned, PLAIN, "models");
        assertThat(cloned.buildCount()).isEqualTo(1);

        Files.writeString(cloned.home.resolve("cli/src/main/New.java"), "class New {}");
        run(cloned, PLAIN, "models");

        assertThat(cloned.buildCount()).isEqualTo(2);
    }

    @Test
    void leavesNothingBehindWhenTheBuildFails() throws Exception {
        FakeInstallation cloned = FakeInstallation.checkout(root, false);
        cloned.jdk(cloned.systemJdks.resolve("jdk"), "25.0.3");

        Start start = run(cloned, PLAIN, "models");

        assertThat(start.exitCode()).isEqualTo(2);
        assertThat(start.err()).contains("no such class", "the build failed");
        try (var files = Files.list(cloned.home)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .doesNotContain("dist", "dist.new", ".altiplano.lock");
        }
    }

    @Test
    void takesOverTheLockOfAProcessThatIsGone() throws Exception {
        FakeInstallation cloned = FakeInstallation.checkout(root, true);
        cloned.jdk(cloned.systemJdks.resolve("jdk"), "25.0.3");
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createSymbolicLink(
                cloned.home.resolve(".altiplano.lock"), Path.of(Long.toString(gone.pid())));

        assertThat(run(cloned, PLAIN, "models").exitCode()).isZero();
        assertThat(cloned.buildCount()).isEqualTo(1);
    }

    /** True if the verb or a part of it has {@code --tier}. */
    private static boolean choosesKernels(Verb verb) {
        CommandLine command = Altiplano.commandLine().getSubcommands().get(verb.word());
        return choosesKernels(Objects.requireNonNull(command, verb.word()));
    }

    private static boolean choosesKernels(CommandLine command) {
        return command.getCommandSpec().findOption("--tier") != null
                || command.getSubcommands().values().stream()
                        .anyMatch(LauncherTest::choosesKernels);
    }

    private static Start run(
            FakeInstallation installed, Map<String, String> environment, String... arguments)
            throws Exception {
        return installed.start(installed.home.resolve("altiplano"), environment, arguments);
    }

    /** A PATH with the tools that the launcher calls, and no java. */
    private Path shellWithoutJava() throws Exception {
        Path tools = Files.createDirectories(root.resolve("tools"));
        for (String tool : new String[] {"sh", "dirname", "readlink", "uname"}) {
            Path there = Path.of("/usr/bin", tool);
            Path script = tools.resolve(tool);
            Path real = Files.exists(there) ? there : Path.of("/bin", tool);
            Files.writeString(script, "#!/bin/sh\nexec %s \"$@\"\n".formatted(real));
            assertThat(script.toFile().setExecutable(true)).isTrue();
        }
        return tools;
    }
}
