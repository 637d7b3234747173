package dev.altiplano.server.api;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.altiplano.engine.EngineStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Counts and times of the API, for Prometheus: under vLLM's names, so that existing boards and
 * Kubernetes routers work, and the latencies under OpenTelemetry's GenAI names too. Numbers only,
 * never a word of a prompt. For many threads.
 */
public final class ServerMetrics {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double NANOS = 1e9;

    /** Bucket edges in seconds: from one fast token to one very long answer. */
    private static final double[] TOKEN_SECONDS = {
        0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 2.5
    };

    private static final double[] REQUEST_SECONDS = {
        0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60, 120, 300, 600
    };

    private static final double[] TOKENS = {
        1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576
    };

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<LongSupplier> sources = new ArrayList<>();
    private final Tags model;
    private final Tags genAi;
    private final Counter clientsGone;
    private final Counter refused;
    private final Timer timeToFirstToken;
    private final Timer timePerOutputToken;
    private final Timer requestLatency;
    private final Timer queueTime;
    private final Timer genAiTimeToFirstToken;
    private final Timer genAiTimePerOutputToken;
    private final Timer genAiRequestDuration;

    ServerMetrics(String modelName, Supplier<EngineStats> engine) {
        this.model = Tags.of("model_name", modelName);
        this.genAi =
                Tags.of(
                        "gen_ai_provider_name", "altiplano",
                        "gen_ai_request_model", modelName,
                        "gen_ai_response_model", modelName);
        gauge(
                "vllm:num_requests_running",
                "Requests that are being computed.",
                () -> engine.get().sequencesRunning());
        gauge(
                "vllm:num_requests_waiting",
                "Requests that wait for their turn.",
                () -> engine.get().requestsWaiting());
        gauge(
                "vllm:kv_cache_usage_perc",
                "Positions of the KV cache in use, from 0 to 1.",
                () -> engine.get().kvTokensReserved() / (double) engine.get().kvTokensTotal());
        total(
                "vllm:prompt_tokens",
                "Prompt tokens read by the model.",
                () -> engine.get().promptTokens());
        total("vllm:generation_tokens", "Tokens sampled.", () -> engine.get().generatedTokens());
        clientsGone =
                counter("altiplano:clients_gone", "Requests whose client left before the end.");
        refused =
                counter(
                        "altiplano:requests_refused",
                        "Requests refused because the queue was full.");
        timeToFirstToken =
                seconds(
                        "vllm:time_to_first_token_seconds",
                        "To the first token.",
                        model,
                        REQUEST_SECONDS);
        timePerOutputToken =
                seconds(
                        "vllm:time_per_output_token_seconds",
                        "For each token after it.",
                        model,
                        TOKEN_SECONDS);
        requestLatency =
                seconds(
                        "vllm:e2e_request_latency_seconds",
                        "From first to last.",
                        model,
                        REQUEST_SECONDS);
        queueTime =
                seconds(
                        "vllm:request_queue_time_seconds",
                        "Before computing began.",
                        model,
                        REQUEST_SECONDS);
        genAiTimeToFirstToken =
                seconds(
                        "gen_ai.server.time_to_first_token",
                        "To the first token.",
                        genAi,
                        REQUEST_SECONDS);
        genAiTimePerOutputToken =
                seconds(
                        "gen_ai.server.time_per_output_token",
                        "For each token after it.",
                        genAi,
                        TOKEN_SECONDS);
        genAiRequestDuration =
                seconds(
                        "gen_ai.server.request.duration",
                        "From first to last.",
                        genAi,
                        REQUEST_SECONDS);
    }

    /** A request that ended, however it ended; what never happened is zero. */
    record Finished(
            String operation,
            String finishReason,
            int promptTokens,
            int outputTokens,
            long queueNanos,
            long firstTokenNanos,
            long decodeNanos,
            long totalNanos) {}

    void finished(Finished request) {
        Counter.builder("vllm:request_success")
                .description("Requests that ended, by reason.")
                .tags(model.and("finished_reason", request.finishReason()))
                .register(registry)
                .increment();
        tokens(request.operation(), "input", request.promptTokens());
        tokens(request.operation(), "output", request.outputTokens());
        requestLatency.record(request.totalNanos(), NANOSECONDS);
        genAiRequestDuration.record(request.totalNanos(), NANOSECONDS);
        queueTime.record(request.queueNanos(), NANOSECONDS);
        if (request.outputTokens() > 0) {
            timeToFirstToken.record(request.firstTokenNanos(), NANOSECONDS);
            genAiTimeToFirstToken.record(request.firstTokenNanos(), NANOSECONDS);
        }
        if (request.outputTokens() > 1) {
            long perToken = request.decodeNanos() / (request.outputTokens() - 1);
            timePerOutputToken.record(perToken, NANOSECONDS);
            genAiTimePerOutputToken.record(perToken, NANOSECONDS);
        }
    }

    void clientGone() {
        clientsGone.increment();
    }

    void refused() {
        refused.increment();
    }

    /** All metrics in Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }

    private void tokens(String operation, String tokenType, int count) {
        DistributionSummary.builder("gen_ai.client.token.usage")
                .description("Tokens of a request.")
                .tags(
                        genAi.and(
                                "gen_ai_operation_name",
                                operation.toLowerCase(Locale.ROOT),
                                "gen_ai_token_type",
                                tokenType))
                .serviceLevelObjectives(TOKENS)
                .register(registry)
                .record(count);
    }

    private void gauge(String name, String description, DoubleSupplier value) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .tags(model)
                .strongReference(true)
                .register(registry);
    }

    /** A counter that the engine keeps; the registry holds its source weakly, so we hold it. */
    private void total(String name, String description, LongSupplier value) {
        sources.add(value);
        FunctionCounter.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .tags(model)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).tags(model).register(registry);
    }

    private Timer seconds(String name, String description, Tags tags, double[] edges) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(
                        Arrays.stream(edges)
                                .mapToObj(edge -> Duration.ofNanos(Math.round(edge * NANOS)))
                                .toArray(Duration[]::new))
                .register(registry);
    }
}
