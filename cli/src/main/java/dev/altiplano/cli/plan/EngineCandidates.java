package dev.altiplano.cli.plan;

import dev.altiplano.planner.emit.Engine;
import java.util.Arrays;
import java.util.Iterator;

/** What may follow {@code --engine}, for the completion of shells. */
final class EngineCandidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Engine.values()).map(Engine::label).iterator();
    }
}
