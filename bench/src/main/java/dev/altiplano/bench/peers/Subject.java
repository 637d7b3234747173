package dev.altiplano.bench.peers;

import java.nio.file.Path;

/** A model that engines are timed with. */
sealed interface Subject {
    /** What tables call it. */
    String name();

    /** A GGUF file, for all engines. */
    record File(Path path, ModelWork work) implements Subject {
        static File of(Path path) {
            return new File(path, ModelWork.of(path));
        }

        @Override
        public String name() {
            return String.valueOf(path.getFileName()).replaceFirst("\\.gguf$", "");
        }
    }

    /** Random weights of a shape, as {@code altiplano bench --synthetic} takes it: only for us. */
    record Synthetic(String shape) implements Subject {
        @Override
        public String name() {
            return shape;
        }
    }
}
