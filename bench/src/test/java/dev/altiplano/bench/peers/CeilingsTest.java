package dev.altiplano.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.bench.peers.Ceilings.Roof;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

final class CeilingsTest {
    private static final Roof ONE = roof(12, 90, 250);
    private static final Roof TWO = roof(23, 180, 500);
    private static final Ceilings CEILINGS = new Ceilings("AVX2", Map.of(1, ONE, 2, TWO));

    private static Roof roof(double read, double floats, double bytes) {
        return new Roof(Spread.of(read), Spread.of(floats), Spread.of(bytes));
    }

    @Test
    void knowsWhatSoManyThreadsCanRead() {
        assertThat(CEILINGS.readGigabytes(1)).contains(12.0);
        assertThat(CEILINGS.readGigabytes(3)).isEmpty();
        assertThat(CEILINGS.widest()).isEqualTo(TWO);
    }

    @Test
    void drawsAPointForEachEngineInWellFormedXml() throws Exception {
        Subject model = new Subject.File(Path.of("a<b.gguf"), new ModelWork(1e9, 2e9, 2e9));
        Results results = new Results();
        for (String engine : List.of(Contender.Ours.NAME, "peer")) {
            Sample decode = new Sample(new Workload(0, 32, 0), 10, "", OptionalDouble.empty());
            Sample prefill = new Sample(new Workload(512, 0, 0), 99, "", OptionalDouble.empty());
            results.add(model, 2, engine, 0, List.of(decode, prefill));
        }

        String svg = Roofline.svg("A & B", CEILINGS, Comparison.of(results), 2);

        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(svg).containsOnlyOnce("a&lt;b tg32").containsOnlyOnce("a&lt;b pp512");
        assertThat(svg.split("<circle", -1)).hasSize(1 + 4 + 2);
    }

    @Test
    void namesAProcessorWithFamilyAndModel() {
        Processor processor =
                Processor.parse(
                        List.of(
                                "cpu family\t: 25",
                                "model\t\t: 1",
                                "model name\t: AMD EPYC",
                                "flags\t\t: fpu fma avx2 f16c"),
                        2);

        assertThat(processor.slug()).isEqualTo("amd-epyc-family-25-model-1");
        assertThat(processor)
                .hasToString("AMD EPYC, family 25, model 1 (2 cores; avx2, fma, f16c)");
    }
}
