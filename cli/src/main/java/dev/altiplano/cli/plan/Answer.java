package dev.altiplano.cli.plan;

import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.schema.DefaultUsed;
import java.util.ArrayList;
import java.util.List;

/**
 * What a verb found, however it is printed. Built by one verb and then read by one printer. Keys
 * are those of {@code --json} and do not change within a version.
 */
final class Answer {
    private final String title;
    private final List<Figure> figures = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<Grid> grids = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Text> texts = new ArrayList<>();
    private final List<Term> terms = new ArrayList<>();
    private List<DefaultUsed> defaults = List.of();
    private int exitCode = PlanExit.FINE;

    Answer(String title) {
        this.title = title;
    }

    /** A number with its band, unit and grade. */
    record Figure(String key, String label, Quantity value) {}

    /** A word or a count. */
    record Fact(String key, String label, Object value) {}

    /** A file that another program reads. */
    record Text(String name, String content) {}

    Answer figure(String key, String label, Quantity value) {
        figures.add(new Figure(key, label, value));
        return this;
    }

    /** A number without a band. */
    Answer figure(String key, String label, double value, String unit, Grade grade) {
        return figure(key, label, Quantity.exactly(value, Unit.of(unit), grade, "planner"));
    }

    /** {@code value} is text, a whole number or a truth value. */
    Answer fact(String key, String label, Object value) {
        facts.add(new Fact(key, label, value));
        return this;
    }

    Grid grid(String key, String caption) {
        Grid grid = new Grid(key, caption);
        grids.add(grid);
        return grid;
    }

    Answer note(String note) {
        notes.add(note);
        return this;
    }

    /** A whole file; people get it as it is. */
    Answer text(String name, String content) {
        texts.add(new Text(name, content));
        return this;
    }

    /** Shown with {@code --explain}. */
    Answer explain(List<Term> lines) {
        terms.addAll(lines);
        return this;
    }

    Answer defaults(List<DefaultUsed> used) {
        defaults = List.copyOf(used);
        return this;
    }

    Answer exitCode(int code) {
        exitCode = code;
        return this;
    }

    String title() {
        return title;
    }

    List<Figure> figures() {
        return figures;
    }

    List<Fact> facts() {
        return facts;
    }

    List<Grid> grids() {
        return grids;
    }

    List<String> notes() {
        return notes;
    }

    List<Text> texts() {
        return texts;
    }

    List<Term> terms() {
        return terms;
    }

    List<DefaultUsed> defaults() {
        return defaults;
    }

    int exitCode() {
        return exitCode;
    }
}
