package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.cli.hub.ModelStore;
import dev.altiplano.compute.KernelTier;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExaminationTest {
    @TempDir private Path folder;

    @Test
    void looksAtEverythingThatAStartNeeds() {
        assertThat(examination(0, Optional.empty()).findings())
                .extracting(Finding::subject)
                .containsExactly(
                        "JDK",
                        "processor",
                        "kernels",
                        "memory",
                        "model folder",
                        "models",
                        "disk",
                        "port");
    }

    @Test
    void namesTheFastestTierAsTheOneInUse() {
        Finding kernels = find("kernels", examination(0, Optional.empty()));

        boolean machineCode = KernelTier.best().compareTo(KernelTier.VECTOR) > 0;
        assertThat(kernels.verdict())
                .isEqualTo(machineCode ? Finding.Verdict.GOOD : Finding.Verdict.SLOW);
        assertThat(kernels.found())
                .startsWith(KernelTier.best() + " in use; available: scalar, vector");
    }

    @Test
    void callsASlowerTierSlowAndSaysWhatAsksForIt() {
        Finding kernels = find("kernels", examination(0, Optional.of(KernelTier.SCALAR)));

        assertThat(kernels.verdict()).isEqualTo(Finding.Verdict.SLOW);
        assertThat(kernels.found()).startsWith("scalar in use");
        assertThat(kernels.remedy()).hasValueSatisfying(r -> assertThat(r).contains("--tier"));
    }

    @Test
    void saysHowToGetAModelWhereThereIsNone() {
        Finding models = find("models", examination(0, Optional.empty()));

        assertThat(models.verdict()).isEqualTo(Finding.Verdict.BROKEN);
        assertThat(models.remedy()).contains("Fetch the default model: altiplano pull");
    }

    @Test
    void listsTheModelsThatAreThere() throws Exception {
        Files.createFile(folder.resolve("mine.gguf"));

        assertThat(find("models", examination(0, Optional.empty())).found()).isEqualTo("1: mine");
    }

    @Test
    void findsThatAFileStandsWhereTheModelFolderShouldBe() throws Exception {
        Path file = Files.createFile(folder.resolve("models"));
        Examination examination = new Examination(new ModelStore(file), 0, Optional.empty());

        assertThat(find("model folder", examination).verdict()).isEqualTo(Finding.Verdict.BROKEN);
    }

    @Test
    void noticesAPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Finding port = find("port", examination(taken.getLocalPort(), Optional.empty()));

            assertThat(port.verdict()).isEqualTo(Finding.Verdict.SLOW);
            assertThat(port.found()).isEqualTo(taken.getLocalPort() + " is in use");
        }
    }

    private Examination examination(int port, Optional<KernelTier> tier) {
        return new Examination(new ModelStore(folder), port, tier);
    }

    private static Finding find(String subject, Examination examination) {
        return examination.findings().stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }
}
