package dev.altiplano.model.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PromptTextTest {
    @Test
    void joinsTrustedPartsThatTouch() {
        PromptText prompt =
                PromptText.builder().trusted("<|eot").untrusted("").trusted("_id|>").build();

        assertThat(prompt.text()).isEqualTo("<|eot_id|>");
        assertThat(prompt.trusted()).containsExactly(new PromptText.Range(0, 10));
    }

    @Test
    void keepsWhatIsTrustedWhenPartsAreJoined() {
        PromptText prompt =
                PromptText.concat(
                        List.of(
                                PromptText.trusted("ab"),
                                PromptText.untrusted("cd"),
                                PromptText.trusted("ef")));

        assertThat(prompt.isTrusted(0, 2)).isTrue();
        assertThat(prompt.isTrusted(1, 3)).isFalse();
        assertThat(prompt.isTrusted(2, 4)).isFalse();
        assertThat(prompt.isTrusted(4, 6)).isTrue();
    }

    @Test
    void refusesRangesThatTouchOverlapOrLeaveTheText() {
        PromptText.Range head = new PromptText.Range(0, 2);

        assertThatThrownBy(() -> new PromptText("abc", List.of(head, new PromptText.Range(2, 3))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PromptText("abc", List.of(head, new PromptText.Range(1, 3))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PromptText("abc", List.of(new PromptText.Range(1, 4))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
