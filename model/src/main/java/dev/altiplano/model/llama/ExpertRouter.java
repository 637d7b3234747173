package dev.altiplano.model.llama;

import java.util.Arrays;

/**
 * Sends each token to the experts with its largest router logits, and groups tokens by expert: the
 * rows of expert e lie together, in the order of the tokens. Of equal logits the expert with the
 * lower number wins.
 */
final class ExpertRouter {
    private final int experts;
    private final int perToken;
    private final int[] chosen; // [tokens, perToken]
    private final int[] firstRow; // [experts + 1]
    private final int[] tokens; // [rows], grouped by expert
    private final float[] scores; // [rows]

    ExpertRouter(LlamaConfig config, int tokensMax) {
        experts = config.experts().map(LlamaConfig.Experts::count).orElse(0);
        perToken = config.experts().map(LlamaConfig.Experts::perToken).orElse(0);
        int rows = Math.multiplyExact(tokensMax, perToken);
        chosen = new int[rows];
        firstRow = new int[experts + 1];
        tokens = new int[rows];
        scores = new float[rows];
    }

    /** Reads {@code logits} [tokens, experts]. */
    void route(float[] logits, int tokenCount) {
        Arrays.fill(firstRow, 0);
        for (int token = 0; token < tokenCount; token++) {
            chooseLargest(logits, token);
        }
        for (int expert = 0; expert < experts; expert++) {
            firstRow[expert + 1] += firstRow[expert];
        }
        placeRows(logits, tokenCount);
        assert firstRow[experts] == tokenCount * perToken : "every token has its experts";
    }

    private void chooseLargest(float[] logits, int token) {
        for (int rank = 0; rank < perToken; rank++) {
            int best = -1;
            for (int expert = 0; expert < experts; expert++) {
                boolean larger =
                        best < 0
                                || logits[token * experts + expert]
                                        > logits[token * experts + best];
                if (larger && !isChosen(token, rank, expert)) {
                    best = expert;
                }
            }
            chosen[token * perToken + rank] = best;
            firstRow[best + 1]++;
        }
    }

    private boolean isChosen(int token, int ranks, int expert) {
        for (int rank = 0; rank < ranks; rank++) {
            if (chosen[token * perToken + rank] == expert) {
                return true;
            }
        }
        return false;
    }

    /** Fills each expert's rows from its first one on, then moves the starts back. */
    private void placeRows(float[] logits, int tokenCount) {
        for (int token = 0; token < tokenCount; token++) {
            for (int rank = 0; rank < perToken; rank++) {
                int expert = chosen[token * perToken + rank];
                int row = firstRow[expert]++;
                tokens[row] = token;
                double logit = logits[token * experts + expert];
                scores[row] = (float) (1 / (1 + Math.exp(-logit)));
            }
        }
        System.arraycopy(firstRow, 0, firstRow, 1, experts);
        firstRow[0] = 0;
    }

    int rows(int expert) {
        return firstRow[expert + 1] - firstRow[expert];
    }

    /** The token of row {@code row} of {@code expert}. */
    int token(int expert, int row) {
        return tokens[firstRow[expert] + row];
    }

    /** The sigmoid of that token's logit. */
    float score(int expert, int row) {
        return scores[firstRow[expert] + row];
    }
}
