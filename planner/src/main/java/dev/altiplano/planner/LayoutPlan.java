package dev.altiplano.planner;

import dev.altiplano.planner.layout.Candidate;
import dev.altiplano.planner.layout.SearchResult;
import java.util.Optional;

/**
 * How the model is spread.
 *
 * @param chosen the named layout or the best found; empty where measured figures take its place
 * @param search what was found, if a search was asked for
 */
public record LayoutPlan(Optional<Candidate> chosen, Optional<SearchResult> search) {}
