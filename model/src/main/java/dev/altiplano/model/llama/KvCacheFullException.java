package dev.altiplano.model.llama;

import dev.altiplano.compute.AltiplanoException;

/** The KV cache has no block left for the tokens of a batch. Nothing was changed. */
public final class KvCacheFullException extends AltiplanoException {
    private static final long serialVersionUID = 1L;

    KvCacheFullException(String message) {
        super(message);
    }
}
