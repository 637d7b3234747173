package dev.altiplano.model.jinja;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** {@code strftime} in the C locale: English names, 24-hour clock. */
final class DateFormat {
    private DateFormat() {}

    static String format(String format, Clock clock) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                result.append(c);
                continue;
            }
            char directive = format.charAt(++i);
            // The C library's sign for a number without leading zeros.
            boolean isUnpadded = directive == '-' && i + 1 < format.length();
            if (isUnpadded) {
                directive = format.charAt(++i);
            }
            String field = field(directive, now);
            result.append(isUnpadded ? field.replaceFirst("^[0 ]+(?=.)", "") : field);
        }
        return result.toString();
    }

    private static String field(char directive, ZonedDateTime now) {
        return switch (directive) {
            case 'a' -> pattern("EEE", now);
            case 'A' -> pattern("EEEE", now);
            case 'b', 'h' -> pattern("MMM", now);
            case 'B' -> pattern("MMMM", now);
            case 'c' -> pattern("EEE MMM ", now) + field('e', now) + pattern(" HH:mm:ss yyyy", now);
            case 'd' -> pattern("dd", now);
            case 'D', 'x' -> pattern("MM/dd/yy", now);
            case 'e' -> "%2d".formatted(now.getDayOfMonth());
            case 'f' -> pattern("SSSSSS", now);
            case 'F' -> pattern("yyyy-MM-dd", now);
            case 'G' -> "%d".formatted(now.get(IsoFields.WEEK_BASED_YEAR));
            case 'H' -> pattern("HH", now);
            case 'I' -> pattern("hh", now);
            case 'j' -> pattern("DDD", now);
            case 'm' -> pattern("MM", now);
            case 'M' -> pattern("mm", now);
            case 'n' -> "\n";
            case 'p' -> now.getHour() < 12 ? "AM" : "PM";
            case 'R' -> pattern("HH:mm", now);
            case 's' -> Long.toString(now.toEpochSecond());
            case 'S' -> pattern("ss", now);
            case 't' -> "\t";
            case 'T', 'X' -> pattern("HH:mm:ss", now);
            case 'u' -> Integer.toString(now.getDayOfWeek().getValue());
            case 'U' -> week(now.getDayOfYear(), now.getDayOfWeek().getValue() % 7);
            case 'V' -> "%02d".formatted(now.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'w' -> Integer.toString(now.getDayOfWeek().getValue() % 7);
            case 'W' -> week(now.getDayOfYear(), now.getDayOfWeek().getValue() - 1);
            case 'y' -> pattern("yy", now);
            case 'Y' -> pattern("yyyy", now);
            // The time that templates get in Python knows no zone.
            case 'z', 'Z' -> "";
            case '%' -> "%";
            default -> "%" + directive;
        };
    }

    /** The week of the year when weeks start {@code daysSinceStart} days before this day. */
    private static String week(int dayOfYear, int daysSinceStart) {
        return "%02d".formatted((dayOfYear - 1 + 7 - daysSinceStart) / 7);
    }

    private static String pattern(String pattern, ZonedDateTime now) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(now);
    }
}
