package dev.altiplano.planner.schema;

import dev.altiplano.planner.file.Value;
import dev.altiplano.planner.problem.Place;
import dev.altiplano.planner.quantity.Boundary;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.schema.QuantityBlock.Origin;
import dev.altiplano.planner.schema.QuantityBlock.SingleValue;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the values of one block that {@link Checker} found in order, and notes every default it
 * takes. Asking for a key that the shape does not have is a mistake of the caller.
 */
public final class Section {
    private final Map<String, Value> entries;
    private final Place place;
    private final Shape.Block block;
    private final Context context;

    /**
     * What the sections of one document share.
     *
     * @param origin grade and source of a value that does not name its own, by place
     * @param single whether single values stand for their rounding
     * @param defaults grows as defaults are taken
     */
    public record Context(
            Function<Place, Origin> origin, SingleValue single, List<DefaultUsed> defaults) {}

    public Section(Value.Mapping mapping, Shape.Block block, Context context) {
        this(mapping.entries(), mapping.place(), block, context);
    }

    private Section(Map<String, Value> entries, Place place, Shape.Block block, Context context) {
        this.entries = entries;
        this.place = place;
        this.block = block;
        this.context = context;
    }

    public Place place() {
        return place;
    }

    /** Where {@code name} stands, or would stand. */
    public Place place(String name) {
        return written(name).map(Value::place).orElseGet(() -> place.child(name, place.line()));
    }

    /** Whether the file itself has the key, with a value. */
    public boolean has(String name) {
        return written(name).isPresent();
    }

    /** The likely value in base units: watts, seconds, bytes, FLOP, US dollars, bare numbers. */
    public double number(String name) {
        return quantity(name).base();
    }

    public Optional<Double> optionalNumber(String name) {
        return optionalQuantity(name).map(Quantity::base);
    }

    public int whole(String name) {
        return Math.toIntExact(wholeLong(name));
    }

    public long wholeLong(String name) {
        return Math.round(number(name));
    }

    /** In the unit of the key. */
    public Quantity quantity(String name) {
        return optionalQuantity(name).orElseThrow(() -> absent(name));
    }

    /** In the unit of the key if the file has it; else {@code otherwise}, as a default used. */
    public Quantity quantityOr(String name, Quantity otherwise) {
        return has(name) ? quantity(name) : standIn(name, otherwise, key(name).about());
    }

    /** {@code value}, noted as a default used for {@code name}. */
    public Quantity standIn(String name, Quantity value, String about) {
        context.defaults.add(
                new DefaultUsed(place(name).key(), QuantityBlock.written(value), about));
        return value;
    }

    public Optional<Quantity> optionalQuantity(String name) {
        Key key = key(name);
        return find(key).map(value -> quantity(value, numberShape(value, key.shape())));
    }

    private Quantity quantity(Value value, Shape.Numeric shape) {
        return QuantityBlock.read(
                value, shape, () -> context.origin.apply(value.place()), context.single);
    }

    private static Shape.Numeric numberShape(Value value, Shape shape) {
        return switch (shape) {
            case Shape.Numeric number -> number;
            case Shape.Either either ->
                    either.choices().stream()
                            .filter(Shape.Numeric.class::isInstance)
                            .map(Shape.Numeric.class::cast)
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException("no number: " + value));
            default -> throw new IllegalStateException("not a number: " + value.place());
        };
    }

    public String text(String name) {
        return optionalText(name).orElseThrow(() -> absent(name));
    }

    /** The text of a scalar; empty if the key is missing or has a block or list. */
    public Optional<String> optionalText(String name) {
        return find(key(name))
                .filter(Value.Scalar.class::isInstance)
                .map(value -> ((Value.Scalar) value).text());
    }

    public boolean flag(String name) {
        return text(name).equals("true");
    }

    public LocalDateTime moment(String name) {
        return LocalDateTime.parse(text(name));
    }

    /** A constant of {@code type} spelt in lower case with hyphens. */
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        return Enum.valueOf(type, text(name).toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Power and its boundary. */
    public record BoundedPower(Quantity power, Boundary boundary) {}

    public Optional<BoundedPower> power(String name) {
        return find(key(name))
                .map(value -> new Section((Value.Mapping) value, Checker.POWER_BLOCK, context))
                .map(
                        section ->
                                new BoundedPower(
                                        section.quantity("value"),
                                        section.choice("of", Boundary.class)));
    }

    /** The block under {@code name} if the file has one. */
    public Optional<Section> optionalBlock(String name) {
        return written(name)
                .filter(Value.Mapping.class::isInstance)
                .map(value -> new Section((Value.Mapping) value, blockShape(name), context));
    }

    /** The block under {@code name}; if the file has none, one where every key is missing. */
    public Section block(String name) {
        return optionalBlock(name)
                .orElseGet(() -> new Section(Map.of(), place(name), blockShape(name), context));
    }

    /** The blocks of a list; none if the key is missing. */
    public List<Section> blocks(String name) {
        Shape.ListOf list = (Shape.ListOf) key(name).shape();
        return written(name)
                .map(value -> ((Value.Sequence) value).items())
                .orElse(List.of())
                .stream()
                .map(item -> new Section((Value.Mapping) item, (Shape.Block) list.item(), context))
                .toList();
    }

    /** The named blocks of a table, in the order of the file; none if the key is missing. */
    public Map<String, Section> table(String name) {
        Shape.TableOf table = (Shape.TableOf) key(name).shape();
        Map<String, Section> sections = new LinkedHashMap<>();
        if (written(name).orElse(null) instanceof Value.Mapping mapping) {
            mapping.entries()
                    .forEach(
                            (entryName, value) ->
                                    sections.put(
                                            entryName,
                                            new Section(
                                                    (Value.Mapping) value,
                                                    (Shape.Block) table.value(),
                                                    context)));
        }
        return sections;
    }

    private Shape.Block blockShape(String name) {
        return switch (key(name).shape()) {
            case Shape.Block nested -> nested;
            case Shape.Either either ->
                    either.choices().stream()
                            .filter(Shape.Block.class::isInstance)
                            .map(Shape.Block.class::cast)
                            .findFirst()
                            .orElseThrow(() -> absent(name));
            default -> throw absent(name);
        };
    }

    private Optional<Value> find(Key key) {
        Optional<Value> value = written(key.name());
        if (value.isPresent() || key.fallback().isEmpty()) {
            return value;
        }
        String text = key.fallback().get();
        Place where = place(key.name());
        context.defaults.add(new DefaultUsed(where.key(), text, key.about()));
        return Optional.of(new Value.Scalar(text, new Place("default", 0, where.key())));
    }

    private Optional<Value> written(String name) {
        return Optional.ofNullable(entries.get(name))
                .filter(value -> !(value instanceof Value.Nothing));
    }

    private Key key(String name) {
        return block.key(name).orElseThrow(() -> absent(name));
    }

    private IllegalStateException absent(String name) {
        return new IllegalStateException("no value for key '%s' of %s".formatted(name, place));
    }
}
