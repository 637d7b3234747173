package dev.altiplano.model.convert;

import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.GgufMetadata;
import dev.altiplano.model.file.GgufValue;

/**
 * What the choice of formats depends on beside a tensor itself.
 *
 * @param layerCount transformer blocks
 * @param expertCount experts of a layer, 0 in a dense model
 * @param isTied the token embeddings are the output matrix too
 * @param sharesValues the 70B shape, where eight heads share one value head
 */
record ModelFacts(long layerCount, long expertCount, boolean isTied, boolean sharesValues) {
    private static final long LAYERS_70B = 80;

    static ModelFacts of(GgufFile file) {
        GgufMetadata metadata = file.metadata();
        String prefix = metadata.string("general.architecture").orElse("llama") + ".";
        long layers = whole(metadata, prefix + "block_count");
        long heads = whole(metadata, prefix + "attention.head_count");
        long kvHeads = whole(metadata, prefix + "attention.head_count_kv");
        return new ModelFacts(
                layers,
                whole(metadata, prefix + "expert_count"),
                file.find("output.weight").isEmpty(),
                layers == LAYERS_70B && heads != kvHeads);
    }

    /** 0 if the key is absent or holds a list, such as one number for each layer. */
    private static long whole(GgufMetadata metadata, String key) {
        return metadata.find(key).orElse(GgufValue.bool(false)) instanceof GgufValue.Whole number
                ? number.value()
                : 0;
    }
}
