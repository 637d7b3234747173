package dev.altiplano.bench.peers;

import dev.altiplano.bench.peers.Plan.Lengths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An engine under test: a command that times itself once and prints llama-bench's JSON. */
sealed interface Contender {
    String name();

    /** The command line that runs all lengths once; empty if it cannot run this model. */
    Optional<List<String>> command(Subject subject, int threads, Lengths lengths);

    /** How tables describe it: its flags, without the folder it lies in. */
    String settings();

    /** Altiplano, through its launcher and with any further flags. */
    record Ours(List<String> launcher) implements Contender {
        static final String NAME = "altiplano";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Optional<List<String>> command(Subject subject, int threads, Lengths lengths) {
            List<String> command = new ArrayList<>();
            command.add(launcher.getFirst());
            command.add("bench");
            command.addAll(launcher.subList(1, launcher.size()));
            switch (subject) {
                case Subject.File file -> command.add(file.path().toString());
                case Subject.Synthetic made -> command.addAll(List.of("--synthetic", made.shape()));
            }
            command.addAll(common(threads, lengths));
            command.add("--json");
            return Optional.of(command);
        }

        @Override
        public String settings() {
            return flags(launcher, "altiplano bench");
        }
    }

    /** Any llama-bench. */
    record Peer(String name, List<String> llamaBench) implements Contender {
        /** Reads {@code NAME=COMMAND}; throws {@link IllegalArgumentException}. */
        static Peer parse(String text) {
            int equals = text.indexOf('=');
            List<String> words = List.of(text.substring(equals + 1).strip().split("\\s+", -1));
            if (equals < 1 || words.getFirst().isEmpty()) {
                throw new IllegalArgumentException(
                        "--peer: expected NAME=COMMAND, such as \"llama.cpp=/opt/llama-bench -fa 1\", found '%s'"
                                .formatted(text));
            }
            return new Peer(text.substring(0, equals), words);
        }

        @Override
        public Optional<List<String>> command(Subject subject, int threads, Lengths lengths) {
            if (!(subject instanceof Subject.File file)) {
                return Optional.empty();
            }
            List<String> command = new ArrayList<>(llamaBench);
            command.addAll(List.of("-m", file.path().toString(), "-o", "json"));
            command.addAll(common(threads, lengths));
            return Optional.of(command);
        }

        @Override
        public String settings() {
            return flags(llamaBench, "llama-bench");
        }
    }

    private static List<String> common(int threads, Lengths lengths) {
        List<String> flags = new ArrayList<>();
        flags.addAll(List.of("-t", String.valueOf(threads), "-r", "1"));
        flags.addAll(List.of("-p", Lengths.join(lengths.prompts())));
        flags.addAll(List.of("-n", Lengths.join(lengths.answers())));
        if (lengths.hasDepth()) {
            flags.addAll(List.of("-d", Lengths.join(lengths.depths())));
        }
        return flags;
    }

    private static String flags(List<String> command, String program) {
        return String.join(" ", program, String.join(" ", command.subList(1, command.size())))
                .strip();
    }
}
