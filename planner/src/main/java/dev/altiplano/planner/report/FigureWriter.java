package dev.altiplano.planner.report;

import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and units of the claims' checker, written as the reader's language does. */
final class FigureWriter {
    /** 100000, 8,760, 1.08, 3.800e+25; no number inside a word, such as bf16. */
    private static final Pattern NUMBER =
            Pattern.compile(
                    "(?<![\\p{L}\\d.,])(\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.(\\d+))?(?:e([+-]?\\d+))?(?![\\p{L}\\d])");

    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private final Texts texts;

    FigureWriter(Texts texts) {
        this.texts = texts;
    }

    String write(String figures) {
        Matcher number = NUMBER.matcher(figures);
        StringBuilder out = new StringBuilder();
        while (number.find()) {
            number.appendReplacement(out, Matcher.quoteReplacement(number(number)));
        }
        return units(number.appendTail(out).toString());
    }

    /** A unit's symbol; those that are no international signs are words. */
    String unit(String symbol) {
        String[] parts = symbol.split("/", -1);
        StringJoiner words = new StringJoiner("/");
        for (String part : parts) {
            words.add(texts.textOr((parts.length > 1 ? "unit.one." : "unit.") + part, units(part)));
        }
        return words.toString();
    }

    private String number(Matcher number) {
        String whole = number.group(1).replace(",", "");
        String decimals = number.group(2) == null ? "" : number.group(2);
        if (number.group(3) == null) {
            return texts.number(
                    Double.parseDouble(whole + "." + decimals + "0"), decimals.length());
        }
        String kept = decimals.replaceAll("0+$", "");
        String mantissa = texts.number(Double.parseDouble(whole + "." + kept + "0"), kept.length());
        String power = "10" + raised(Integer.parseInt(number.group(3)));
        return mantissa.equals("1") ? power : mantissa + " × " + power;
    }

    private static String raised(int exponent) {
        StringBuilder out = new StringBuilder(exponent < 0 ? "⁻" : "");
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
            out.append(RAISED.charAt(digit - '0'));
        }
        return out.toString();
    }

    private String units(String text) {
        return text.replaceAll("(?i)\\bgpu\\*h(ours)?\\b", "GPU·h")
                .replaceAll("\\bgpus?\\b", "GPU")
                .replaceAll("\\bparam(eter)?s?\\b", texts.text("unit.parameters"))
                .replaceAll("\\btokens?\\b", "tokens")
                .replace('*', '·');
    }
}
