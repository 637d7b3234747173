package dev.altiplano.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.model.LlamaModel;
import dev.altiplano.model.token.Tokenizer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TinyModelTest {
    @Test
    void isAModelLikeAnyOther(@TempDir Path folder) {
        try (LlamaModel model = LlamaModel.open(TinyModel.writeTo(folder))) {
            Tokenizer tokenizer = model.tokenizer().orElseThrow();

            assertThat(model.name()).isEqualTo(TinyModel.NAME);
            assertThat(model.config().contextLength()).isEqualTo(TinyModel.CONTEXT_TOKENS);
            assertThat(tokenizer.encode("¡a")).containsExactly(0xc2, 0xa1, 'a');
            assertThat(tokenizer.bosId()).hasValue(TinyModel.BEGIN);
            assertThat(tokenizer.stopIds()).containsExactly(TinyModel.END);
        }
    }
}
