package dev.altiplano.bench;

import dev.altiplano.model.token.TiktokenFamily;
import dev.altiplano.model.token.Tokenizer;
import dev.altiplano.model.token.Tokenizers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Text to ids on one core, with the vocabularies of Llama 3 and 4. One call is a megabyte, so
 * {@code ops/s} reads as MB/s.
 *
 * <p>What bounds it: each byte is classified once and hashed once, and each word costs one probe of
 * a table of two to four megabytes, which is a cache miss for a rare word. At 5 bytes a token and
 * 20 to 40 ns a token, that is 125 to 250 MB/s. The goal of the project is 5 MB/s.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class TokenizerBenchmark {
    private static final int TEXT_BYTES = 1_000_000;

    /** Where {@code llama3.tiktoken} and {@code llama4.tiktoken} lie. */
    @Param("../shared/oracle/tokenizer")
    private String folder = "";

    @Param({"LLAMA3", "LLAMA4"})
    private TiktokenFamily family = TiktokenFamily.LLAMA3;

    /** A language of prose, or one letter a million times. */
    @Param({"en", "es", "aaa"})
    private String text = "";

    private String input = "";

    @SuppressWarnings("NullAway.Init") // JMH calls open() before anything else.
    private Tokenizer tokenizer;

    private int[] ids = {};

    @Setup
    public void open() throws IOException {
        String name = family.name().toLowerCase(Locale.ROOT) + ".tiktoken";
        tokenizer = Tokenizers.fromTiktoken(Path.of(folder, name), family);
        input = text.equals("aaa") ? "a".repeat(TEXT_BYTES) : new Prose(text).text(TEXT_BYTES);
        ids = tokenizer.encode(input);
    }

    @Benchmark
    public int[] encode() {
        return tokenizer.encode(input);
    }

    @Benchmark
    public String decode() {
        return tokenizer.decode(ids);
    }
}
