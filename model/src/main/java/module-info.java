/** What a model is: files, tokenizers, chat formats, architectures. Depends on the JDK alone. */
module dev.altiplano.model {
    requires transitive dev.altiplano.compute;
    requires static org.jspecify;

    exports dev.altiplano.model;
    exports dev.altiplano.model.chat;
    exports dev.altiplano.model.convert;
    exports dev.altiplano.model.jinja;
    exports dev.altiplano.model.file;
    exports dev.altiplano.model.json;
    exports dev.altiplano.model.llama;
    exports dev.altiplano.model.token;
    exports dev.altiplano.model.vision;
}
