package dev.altiplano.model.vision;

/**
 * How an image is laid on tiles.
 *
 * @param columns tiles side by side on the canvas
 * @param rows tiles below each other
 * @param width pixels that the resized image covers of the canvas, from the left
 * @param height pixels that it covers from the top
 */
public record TilePlan(int columns, int rows, int width, int height) {
    /** Tiles of the largest canvas. */
    public static final int CANVAS_TILES_MAX = 16;

    /**
     * The canvas that wastes least, and the image's size on it.
     *
     * <p>The scale of a canvas is the largest that keeps the whole image on it. Where canvases
     * allow a scale of 1 or more, the smallest such scale wins, otherwise the largest; of equal
     * scales the smallest canvas. Then the image keeps its aspect and grows to one tile at most.
     * Source: meta-llama/llama-models, {@code llama4/preprocess.py}.
     */
    public static TilePlan of(int imageWidth, int imageHeight, int tileSide) {
        int bestColumns = 1;
        int bestRows = 1;
        float bestScale = scale(imageWidth, imageHeight, tileSide, tileSide);
        for (int columns = 1; columns <= CANVAS_TILES_MAX; columns++) {
            for (int rows = 1; columns * rows <= CANVAS_TILES_MAX; rows++) {
                float scale = scale(imageWidth, imageHeight, columns * tileSide, rows * tileSide);
                boolean smaller = columns * rows < bestColumns * bestRows;
                if (isBetter(scale, bestScale) || (scale == bestScale && smaller)) {
                    bestScale = scale;
                    bestColumns = columns;
                    bestRows = rows;
                }
            }
        }
        return placed(imageWidth, imageHeight, tileSide, bestColumns, bestRows);
    }

    /** In f32, as the source does: equal scales must come out equal. */
    private static float scale(int width, int height, int canvasWidth, int canvasHeight) {
        return Math.min((float) canvasWidth / width, (float) canvasHeight / height);
    }

    private static boolean isBetter(float scale, float best) {
        if (scale >= 1 && best >= 1) {
            return scale < best;
        }
        return scale > best; // also where only one of the two is 1 or more
    }

    private static TilePlan placed(int width, int height, int side, int columns, int rows) {
        int widthMax = Math.min(Math.max(width, side), columns * side);
        int heightMax = Math.min(Math.max(height, side), rows * side);
        double scaleX = (double) widthMax / width;
        double scaleY = (double) heightMax / height;
        if (scaleX < scaleY) {
            int scaled = Math.min((int) Math.floor(height * scaleX), heightMax);
            return new TilePlan(columns, rows, widthMax, Math.max(scaled, 1));
        }
        int scaled = Math.min((int) Math.floor(width * scaleY), widthMax);
        return new TilePlan(columns, rows, Math.max(scaled, 1), heightMax);
    }

    /** Whether the image as a whole follows as one more tile. */
    public boolean hasGlobalTile() {
        return columns * rows > 1;
    }

    /** Tiles that the encoder sees. */
    public int tiles() {
        return columns * rows + (hasGlobalTile() ? 1 : 0);
    }
}
