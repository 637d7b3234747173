package dev.altiplano.planner.step;

import static dev.altiplano.planner.explain.TermAssert.assertTermsHold;
import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.planner.explain.FormulaText;
import dev.altiplano.planner.explain.Term;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TermsTest {
    static Stream<Layout> layouts() {
        return Stream.of(
                Layout.dense(8, 1, 16, 128, 8, 1),
                Layout.dense(8, 2, 16, 64, 1, 1).with(Recompute.FULL),
                Layout.dense(1, 1, 1, 64, 1, 2).with(DataSharding.ZERO_3),
                Layout.dense(4, 2, 8, 64, 1, 1).with(Schedule.ZB_H1).withExperts(16, 1),
                Layout.dense(8, 1, 4, 64, 1, 1).with(Recompute.SELECTIVE).withExperts(16, 8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void eachFormulaGivesTheValueBesideIt(Layout layout) {
        ModelShape shape = layout.ep() > 1 ? Models.MAVERICK : Models.LLAMA_405B;
        StepModel model = Models.on(shape, 8192);

        assertThat(StepTerms.of(model, layout, 32)).hasSizeGreaterThan(5);
        assertTermsHold(StepTerms.of(model, layout, 32));
        assertTermsHold(MemoryTerms.of(shape, model.training(), layout, 32));
    }

    @Test
    void theLastTermIsTheStep() {
        StepModel model = Models.on(Models.LLAMA_405B, 8192);
        Layout layout = Layout.dense(8, 1, 16, 128, 8, 1);

        Term last = StepTerms.of(model, layout, 16).getLast();

        assertThat(last.name()).isEqualTo("step");
        assertThat(last.value()).isEqualTo(model.step(layout, 16).seconds());
    }

    @Test
    void writesNumbersInFull() {
        assertThat(FormulaText.of("{} x {} / {}", 0.5, 8192, 9.89e14))
                .isEqualTo("0.5 x 8192 / 9.89e+14");
    }
}
