package dev.altiplano.model.convert;

import dev.altiplano.model.convert.HfTensors.Output;
import java.util.List;
import java.util.Locale;

/**
 * How large a model is, in the short form of GGUF's naming convention: {@code 8.0B}, or for experts
 * {@code 16x17B}, of which the second number is what a single expert and all shared weights have.
 * Source: ggml, {@code gguf-py/gguf/utility.py}.
 */
final class SizeLabel {
    private static final int DIGITS_MIN = 2;

    private SizeLabel() {}

    static String of(List<Output> outputs) {
        long shared = 0;
        long oneExpert = 0;
        long experts = 0;
        for (Output output : outputs) {
            if (output.name().contains("_exps.")) {
                experts = output.shape().dimension(0);
                oneExpert += output.shape().elements() / experts;
            } else {
                shared += output.shape().elements();
            }
        }
        String size = rounded(shared + oneExpert);
        return experts > 0 ? experts + "x" + size : size;
    }

    private static String rounded(long weights) {
        double scaled = weights / 1e3;
        String unit = "K";
        if (weights > 1e12) {
            scaled = weights / 1e12;
            unit = "T";
        } else if (weights > 1e9) {
            scaled = weights / 1e9;
            unit = "B";
        } else if (weights > 1e6) {
            scaled = weights / 1e6;
            unit = "M";
        }
        long whole = (long) Math.rint(scaled);
        int digits = whole == 0 ? 0 : Long.toString(whole).length();
        int fraction = Math.max(DIGITS_MIN - digits, 0);
        return String.format(Locale.ROOT, "%." + fraction + "f%s", scaled, unit);
    }
}
