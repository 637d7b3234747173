package dev.altiplano.planner.claims;

import dev.altiplano.planner.file.DocumentReader;
import dev.altiplano.planner.file.Value;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Boundary;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.schema.Checker;
import dev.altiplano.planner.schema.Key;
import dev.altiplano.planner.schema.QuantityBlock.Origin;
import dev.altiplano.planner.schema.QuantityBlock.SingleValue;
import dev.altiplano.planner.schema.Section;
import dev.altiplano.planner.schema.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A file of claims, YAML or JSON. Each has a sentence ({@code claim}), or its parts ({@code
 * subject, value, unit, boundary}), and may bring its own readings. Throws {@link PlannerException}
 * with the place of every mistake.
 */
public final class ClaimsFile {
    private static final int CLAIMS_MAX = 10_000;
    private static final int TEXT_MAX = Lexer.CHARACTERS_MAX;

    private static final Shape READINGS =
            new Shape.ListOf(
                    Shape.block(
                            Key.required("name", text(), "what the reading is called"),
                            Key.required("is", text(), "an expression, as 116115 / 94791 - 1"),
                            Key.optional("period", text(), "the period it holds for"),
                            Key.withDefault(
                                    "expected",
                                    new Shape.Flag(),
                                    "false",
                                    "whether the claim's own words call for it"),
                            Key.optional("source", text(), "where its numbers come from")),
                    100);

    private static final Shape.Block CLAIM =
            Shape.block(
                    Key.optional("id", text(), "short name"),
                    Key.optional("claim", text(), "the claim in one sentence"),
                    Key.optional("subject", text(), "what the value is of: 100000 h100"),
                    Key.optional("quantity", text(), "what is claimed: power, growth"),
                    Key.optional("value", text(), "the number as printed"),
                    Key.optional("unit", text(), "its unit"),
                    Key.optional(
                            "boundary",
                            Shape.words("accelerator", "node", "it", "facility"),
                            "where a power is measured"),
                    Key.optional("period", text(), "such as Q3 2024"),
                    Key.optional("source", text(), "who says it"),
                    Key.optional("readings", READINGS, "ways to compute it"));

    private static final Shape.Block CLAIMS =
            Shape.block(Key.required("claims", new Shape.ListOf(CLAIM, CLAIMS_MAX), "the claims"));

    static final Shape.Block FACTS =
            Shape.block(
                    Key.required(
                            "facts",
                            new Shape.ListOf(
                                    Shape.block(
                                            Key.required("words", text(), "words of a claim"),
                                            Key.optional("drop", text(), "words without weight"),
                                            Key.required("readings", READINGS, "figures")),
                                    1_000),
                            "figures by their words"));

    private ClaimsFile() {}

    private static Shape text() {
        return new Shape.Text(TEXT_MAX);
    }

    /** The claims of the article and the published errors that the validator must flag. */
    public static List<ClaimResult> checkBuiltIn(ClaimChecker checker) {
        return check(resource("article.yaml"), checker);
    }

    /** Every claim of the file, in its order. */
    public static List<ClaimResult> check(Path file, ClaimChecker checker) {
        return check(DocumentReader.read(file), checker);
    }

    /** {@code name} is what messages call the text. */
    public static List<ClaimResult> check(String name, String text, ClaimChecker checker) {
        return check(DocumentReader.read(name, text), checker);
    }

    private static List<ClaimResult> check(Value file, ClaimChecker checker) {
        List<ClaimResult> results = new ArrayList<>();
        for (Section section : blocks(file, CLAIMS, "claims")) {
            Claim claim = claim(section);
            List<Facts.Given> given =
                    section.has("readings")
                            ? section.blocks("readings").stream().map(Facts.Given::of).toList()
                            : List.of();
            results.add(given.isEmpty() ? checker.check(claim) : checker.check(claim, given));
        }
        return results;
    }

    private static Claim claim(Section section) {
        boolean sentence = section.has("claim");
        boolean parts = section.has("subject") && section.has("value");
        if (sentence == parts) {
            throw new PlannerException(
                    Problem.of(ErrorCode.E004, "a claim needs either claim, or subject and value")
                            .at(section.place()));
        }
        return new Claim(
                section.optionalText("id").orElse(""),
                section.optionalText("quantity").orElse(""),
                parts ? section.text("value") : "",
                section.optionalText("unit").orElse(""),
                section.has("boundary")
                        ? Optional.of(section.choice("boundary", Boundary.class))
                        : Optional.empty(),
                section.optionalText("period"),
                section.text(sentence ? "claim" : "subject"),
                section.optionalText("source").orElse(""));
    }

    static List<Section> blocks(Value file, Shape.Block shape, String key) {
        List<Problem> problems = Checker.check(file, shape);
        if (!problems.isEmpty()) {
            throw new PlannerException(problems);
        }
        Origin origin = new Origin(Grade.STATED, "claim", "");
        Section.Context context =
                new Section.Context(place -> origin, SingleValue.ROUNDED, new ArrayList<>());
        return new Section((Value.Mapping) file, shape, context).blocks(key);
    }

    static Value resource(String name) {
        try (InputStream in = ClaimsFile.class.getResourceAsStream(name)) {
            return DocumentReader.read(name, Objects.requireNonNull(in).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
