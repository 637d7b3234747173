/** Runs models: scheduler, sampling, streams of tokens, measurements. Depends on the JDK alone. */
module dev.altiplano.engine {
    requires transitive dev.altiplano.model;
    requires static org.jspecify;

    exports dev.altiplano.engine;
    exports dev.altiplano.engine.sampling;
}
