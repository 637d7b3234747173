package dev.altiplano.cli.plan;

import dev.altiplano.planner.quantity.Quantity;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An answer for programs. Within a version keys are only ever added. */
final class AnswerJson {
    /** Changes when a key changes its meaning or goes away. */
    static final int VERSION = 1;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AnswerJson() {}

    static ObjectNode of(String verb, Answer answer, boolean explain) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("version", VERSION).put("verb", verb);
        answer.facts().forEach(fact -> root.set(fact.key(), node(fact.value())));
        answer.figures().forEach(figure -> root.set(figure.key(), quantity(figure.value())));
        answer.grids().forEach(grid -> root.set(grid.key(), rows(grid)));
        if (!answer.texts().isEmpty()) {
            ArrayNode files = root.putArray("files");
            answer.texts()
                    .forEach(
                            text ->
                                    files.addObject()
                                            .put("name", text.name())
                                            .put("text", text.content()));
        }
        if (explain) {
            root.set("terms", terms(answer));
        }
        root.set("notes", texts(answer.notes()));
        ArrayNode defaults = root.putArray("defaults");
        answer.defaults()
                .forEach(
                        used ->
                                defaults.addObject()
                                        .put("key", used.key())
                                        .put("value", used.value())
                                        .put("about", used.about()));
        return root;
    }

    private static ArrayNode rows(Grid grid) {
        ArrayNode rows = NODES.arrayNode();
        for (List<Object> cells : grid.rows()) {
            ObjectNode row = rows.addObject();
            for (int i = 0; i < cells.size(); i++) {
                row.set(grid.columns().get(i).key(), node(cells.get(i)));
            }
        }
        return rows;
    }

    private static ArrayNode terms(Answer answer) {
        ArrayNode terms = NODES.arrayNode();
        answer.terms()
                .forEach(
                        term ->
                                terms.addObject()
                                        .put("name", term.name())
                                        .put("value", term.value())
                                        .put("unit", term.unit())
                                        .put("formula", term.formula())
                                        .put("source", term.source()));
        return terms;
    }

    private static JsonNode node(Object value) {
        return switch (value) {
            case Quantity quantity -> quantity(quantity);
            case Grid grid -> rows(grid);
            case Boolean flag -> NODES.booleanNode(flag);
            case Integer whole -> NODES.numberNode(whole);
            case Long whole -> NODES.numberNode(whole);
            case Double number when Double.isFinite(number) -> NODES.numberNode(number);
            case List<?> list -> texts(list);
            case String text when text.isEmpty() -> NODES.nullNode();
            default -> NODES.stringNode(String.valueOf(value));
        };
    }

    private static ArrayNode texts(List<?> list) {
        ArrayNode array = NODES.arrayNode();
        list.forEach(item -> array.add(String.valueOf(item)));
        return array;
    }

    private static ObjectNode quantity(Quantity quantity) {
        return NODES.objectNode()
                .put("low", quantity.low())
                .put("likely", quantity.likely())
                .put("high", quantity.high())
                .put("unit", quantity.unit().symbol())
                .put("grade", quantity.grade().toString());
    }
}
