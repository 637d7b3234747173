package dev.altiplano.planner.claims;

import java.util.ArrayList;
import java.util.List;

/**
 * One side of a claim. A rate joined by "at", "for" or "of" is multiplied or divided, whichever
 * gives the dimension that is looked for: bit i of a mask turns the i-th such join round.
 */
final class Expression {
    private static final int FLEXIBLE_MAX = 8;
    private static final int DEPTH_MAX = 20;

    private sealed interface Node {}

    private record Leaf(Measure measure) implements Node {}

    private record Bracket(Node inner) implements Node {}

    /** Parts after the first, each with the way it is joined. */
    private record Chain(Node first, List<Link> links) implements Node {}

    private record Link(Join join, int flexible, Node node) {}

    private enum Join {
        TIMES,
        OVER,
        PLUS,
        MINUS
    }

    private final List<Item> items;
    private final List<Measure> measures = new ArrayList<>();
    private final Node root;
    private int at;
    private int flexible;

    /** Throws {@link NotUnderstood} for a word that joins nothing here. */
    Expression(List<Item> items) {
        this.items = items;
        root = sum(0);
        if (at < items.size()) {
            throw new NotUnderstood(Said.quoted(text(items.get(at))));
        }
        if (flexible > FLEXIBLE_MAX) {
            throw new NotUnderstood(Said.of("more than {} words such as at and of", FLEXIBLE_MAX));
        }
    }

    List<Measure> measures() {
        return measures;
    }

    /** Every way to read the joins, the most usual one first. */
    List<Computed> ways() {
        List<Computed> ways = new ArrayList<>();
        for (int mask = 0; mask < 1 << flexible; mask++) {
            ways.add(evaluate(root, mask));
        }
        return ways;
    }

    private static Computed evaluate(Node node, int mask) {
        return switch (node) {
            case Leaf leaf -> Computed.of(leaf.measure());
            case Bracket bracket -> evaluate(bracket.inner(), mask).bracketed();
            case Chain chain -> {
                Computed value = evaluate(chain.first(), mask);
                for (Link link : chain.links()) {
                    value = joined(value, link, mask);
                }
                yield value;
            }
        };
    }

    private static Computed joined(Computed left, Link link, int mask) {
        Computed right = evaluate(link.node(), mask);
        boolean turned = link.flexible() >= 0 && ((mask >> link.flexible()) & 1) == 1;
        return switch (link.join()) {
            case TIMES -> turned ? left.over(right) : left.times(right);
            case OVER -> turned ? left.times(right) : left.over(right);
            case PLUS -> added(left, right, link, 1);
            case MINUS -> added(left, right, link, -1);
        };
    }

    /** {@code 28.1 bn + 42 %} is 42 % more; {@code 35 % + 17 %} is a sum. */
    private static Computed added(Computed left, Computed right, Link link, int sign) {
        boolean share = isPercent(link.node()) && !left.formula().endsWith("%");
        return share ? left.grown(right, sign) : left.plus(right, sign);
    }

    private Node sum(int depth) {
        Node first = product(depth);
        List<Link> links = new ArrayList<>();
        while (at < items.size()) {
            boolean plus = items.get(at).means(Meaning.PLUS);
            if (!plus && !items.get(at).means(Meaning.MINUS)) {
                break;
            }
            at++;
            links.add(new Link(plus ? Join.PLUS : Join.MINUS, -1, product(depth)));
        }
        return links.isEmpty() ? first : new Chain(first, links);
    }

    private Node product(int depth) {
        Node first = factor(depth);
        List<Link> links = new ArrayList<>();
        while (at < items.size() && !isEnd(items.get(at))) {
            links.add(link(first, depth));
        }
        return links.isEmpty() ? first : new Chain(first, links);
    }

    private static boolean isEnd(Item item) {
        return item.means(Meaning.PLUS) || item.means(Meaning.MINUS) || item.means(Meaning.CLOSE);
    }

    private Link link(Node first, int depth) {
        Item item = items.get(at);
        if (item instanceof Item.Value || item.means(Meaning.OPEN)) {
            return new Link(Join.TIMES, flexible++, factor(depth));
        }
        at++;
        Meaning meaning = ((Item.Word) item).meaning();
        return switch (meaning) {
            case TIMES -> new Link(Join.TIMES, -1, factor(depth));
            case DIVIDED, PER, VERSUS -> new Link(Join.OVER, -1, factor(depth));
            case AT, A, AND, COMMA -> flexibly(Join.TIMES, depth);
            case OF -> flexibly(isPercent(first) ? Join.TIMES : Join.OVER, depth);
            default -> throw new NotUnderstood(Said.quoted(text(item)));
        };
    }

    private Link flexibly(Join usual, int depth) {
        skipArticles();
        return new Link(usual, flexible++, factor(depth));
    }

    /** {@code at a}, {@code , with a}. */
    private void skipArticles() {
        while (at < items.size()
                && (items.get(at).means(Meaning.A)
                        || items.get(at).means(Meaning.AT)
                        || items.get(at).means(Meaning.AND)
                        || items.get(at).means(Meaning.OF))) {
            at++;
        }
    }

    private static boolean isPercent(Node node) {
        return node instanceof Leaf leaf && leaf.measure().isPercent();
    }

    private Node factor(int depth) {
        skipArticles();
        if (at >= items.size()) {
            throw new NotUnderstood(Said.of("the end, where a number was expected"));
        }
        Item item = items.get(at);
        if (item instanceof Item.Value value) {
            at++;
            measures.add(value.measure());
            return new Leaf(value.measure());
        }
        if (!item.means(Meaning.OPEN) || depth >= DEPTH_MAX) {
            throw new NotUnderstood(Said.quoted(text(item)));
        }
        at++;
        Node inner = sum(depth + 1);
        if (at >= items.size() || !items.get(at).means(Meaning.CLOSE)) {
            throw new NotUnderstood(Said.of("a bracket that is not closed"));
        }
        at++;
        return new Bracket(inner);
    }

    private static String text(Item item) {
        return switch (item) {
            case Item.Value value -> value.measure().toString();
            case Item.Word word -> word.text();
        };
    }
}
