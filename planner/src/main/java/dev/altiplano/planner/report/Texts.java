package dev.altiplano.planner.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The page's sentences and numbers in one language. Immutable. */
final class Texts {
    /** A hundred years. */
    static final double DAYS_MAX = 36_500;

    private final Language language;
    private final Map<String, String> messages;

    private Texts(Language language, Map<String, String> messages) {
        this.language = language;
        this.messages = Map.copyOf(messages);
    }

    static Texts of(Language language) {
        String file = "messages_" + language.code() + ".properties";
        Properties read = new Properties();
        try (InputStream stream =
                Objects.requireNonNull(Texts.class.getResourceAsStream(file), file)) {
            read.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
        Map<String, String> messages = new HashMap<>();
        read.forEach((key, message) -> messages.put((String) key, (String) message));
        return new Texts(language, messages);
    }

    Language language() {
        return language;
    }

    Map<String, String> messages() {
        return messages;
    }

    /** The message of {@code key}, with {@code {0}}, {@code {1}} … replaced; not yet escaped. */
    String text(String key, Object... values) {
        String message = messages.get(key);
        if (message == null) {
            throw new IllegalArgumentException("no message " + key + " in " + language.code());
        }
        for (int i = 0; i < values.length; i++) {
            message = message.replace("{" + i + "}", String.valueOf(values[i]));
        }
        return message;
    }

    /** The message of {@code key}, or {@code other} where there is none. */
    String textOr(String key, String other) {
        return messages.getOrDefault(key, other);
    }

    /** As {@link #text}, ready to stand in a page. */
    String html(String key, Object... values) {
        return Html.escape(text(key, values));
    }

    /** With as many decimals as asked for, grouped as people of this language do. */
    String number(double value, int decimals) {
        NumberFormat format = NumberFormat.getInstance(language.locale());
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(value);
    }

    /** Up to {@code digits} significant digits, without an exponent. */
    String significant(double value, int digits) {
        if (value == 0) {
            return number(0, 0);
        }
        int magnitude = (int) Math.floor(Math.log10(Math.abs(value)));
        NumberFormat format = NumberFormat.getInstance(language.locale());
        format.setMaximumFractionDigits(Math.clamp(digits - 1L - magnitude, 0, 9));
        return format.format(value);
    }

    /** A whole number, grouped as people of this language do. */
    String whole(long value) {
        return NumberFormat.getIntegerInstance(language.locale()).format(value);
    }

    /** Days of a run, which may be hopelessly many. */
    String days(double days) {
        return days > DAYS_MAX ? text("days.many") : significant(days, 3);
    }

    String megawatts(double watts) {
        return number(watts / 1e6, 1);
    }

    String percent(double share) {
        return number(100 * share, 1) + "\u00a0%";
    }
}
