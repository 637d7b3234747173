package dev.altiplano.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.engine.EngineStats;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ServerMetricsTest {
    private static final EngineStats STATS = new EngineStats(2, 0, 3, 1, 4, 7, 3, 5, Map.of());

    @Test
    void countsAFinishedRequestUnderBothFamiliesOfNames() {
        ServerMetrics metrics = new ServerMetrics("tiny", () -> STATS);

        metrics.finished(
                new ServerMetrics.Finished(
                        "chat", "stop", 7, 3, 1_000_000, 20_000_000, 40_000_000, 60_000_000));

        assertThat(metrics.scrape())
                .contains(
                        "vllm:num_requests_running{model_name=\"tiny\"} 2.0",
                        "vllm:num_requests_waiting{model_name=\"tiny\"} 3.0",
                        "vllm:prompt_tokens_total{model_name=\"tiny\"} 7.0",
                        "vllm:kv_cache_usage_perc{model_name=\"tiny\"} 0.25",
                        "vllm:generation_tokens_total{model_name=\"tiny\"} 3.0",
                        "vllm:request_success_total{finished_reason=\"stop\",model_name=\"tiny\"} 1.0",
                        "vllm:time_to_first_token_seconds_bucket{model_name=\"tiny\",le=\"0.05\"} 1",
                        "vllm:time_per_output_token_seconds_bucket{model_name=\"tiny\",le=\"0.025\"} 1",
                        "vllm:e2e_request_latency_seconds_count{model_name=\"tiny\"} 1",
                        "gen_ai_server_time_to_first_token_seconds_count",
                        "gen_ai_server_request_duration_seconds_count",
                        "gen_ai_client_token_usage_sum");
    }
}
