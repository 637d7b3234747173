package dev.altiplano.server.api;

import java.io.IOException;

/** Takes the events of a call's answers, one after the other, and makes the HTTP answer of them. */
interface AnswerSink {
    void began(AnswerEvent.Began began) throws IOException;

    void token(AnswerEvent.Token token) throws IOException;

    void ended(AnswerEvent.Ended ended) throws IOException;

    /** Nothing happened for a while. */
    default void silent() throws IOException {}
}
