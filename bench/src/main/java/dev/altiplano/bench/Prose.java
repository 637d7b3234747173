package dev.altiplano.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Ordinary prose of any length, the same every time: sentences of a page that we wrote, in a random
 * order, with every eighth word exchanged and a number or a name here and there, so that no stretch
 * of it repeats.
 */
final class Prose {
    private static final int SENTENCES_MAX = 8;
    private static final int WORDS_BETWEEN_EXCHANGES = 8;
    private static final int WORDS_BETWEEN_NUMBERS = 60;

    private final List<String> sentences;
    private final List<String> words;

    /** {@code language} is {@code en} or {@code es}. */
    Prose(String language) {
        String page = read("prose-" + language + ".txt");
        sentences = List.of(page.split("(?<=[.!?])\\s+"));
        words = List.of(page.split("[^\\p{L}\\p{N}']+"));
    }

    private static String read(String name) {
        try (InputStream stream = Prose.class.getResourceAsStream(name)) {
            byte[] bytes = Objects.requireNonNull(stream, name).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).replace('\n', ' ').strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Paragraphs that have at least {@code sizeBytes} in UTF-8, and little more. */
    String text(int sizeBytes) {
        SplittableRandom random = new SplittableRandom(7);
        StringBuilder text = new StringBuilder(sizeBytes);
        int bytes = 0;
        while (bytes < sizeBytes) {
            String paragraph = paragraph(random);
            text.append(paragraph).append("\n\n");
            bytes += paragraph.getBytes(StandardCharsets.UTF_8).length + 2;
        }
        return text.toString();
    }

    private String paragraph(SplittableRandom random) {
        StringBuilder paragraph = new StringBuilder();
        for (int count = random.nextInt(3, SENTENCES_MAX); count > 0; count--) {
            for (String word : sentences.get(random.nextInt(sentences.size())).split(" ", -1)) {
                paragraph.append(exchange(word, random)).append(' ');
            }
        }
        return paragraph.toString().stripTrailing();
    }

    private String exchange(String word, SplittableRandom random) {
        if (random.nextInt(WORDS_BETWEEN_NUMBERS) == 0) {
            return String.valueOf(random.nextInt(100_000));
        }
        return random.nextInt(WORDS_BETWEEN_EXCHANGES) == 0
                ? words.get(random.nextInt(words.size()))
                : word;
    }
}
