package dev.altiplano.compute;

/** A model, tokenizer or configuration file that is not what it claims to be. */
public final class ModelFormatException extends AltiplanoException {
    private static final long serialVersionUID = 1L;

    public ModelFormatException(String message) {
        super(message);
    }

    public ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
