package dev.altiplano.cli.chat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;

/**
 * A terminal without a person: types keys into a running chat, Ctrl-C among them, and waits for
 * what the screen shows.
 */
final class Keyboard implements AutoCloseable {
    static final String CTRL_C = "\u0003";
    static final String CTRL_D = "\u0004";
    static final String UP = "\u001bOA";
    private static final long PATIENCE_SECONDS = 60;

    private final Screen screen = new Screen();
    private final LineDisciplineTerminal terminal;
    private final Thread chat;

    /** Begins a chat that keeps its lines in {@code history}. */
    Keyboard(Answerer answerer, Conversation conversation, Path history) throws IOException {
        terminal =
                new LineDisciplineTerminal(
                        "test", "xterm-256color", screen, StandardCharsets.UTF_8);
        terminal.setSize(Size.of(120, 40));
        TerminalChat loop =
                new TerminalChat(
                        terminal, TerminalChat.reader(terminal, history), answerer, conversation);
        chat = Thread.ofPlatform().name("chat").start(loop::run);
    }

    Keyboard type(String keys) throws IOException {
        terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Blocks until {@code text} stands on the screen, behind what was awaited before. */
    Keyboard await(String text) throws InterruptedException {
        screen.await(text);
        return this;
    }

    /** Blocks until the chat has ended. */
    void awaitEnd() throws InterruptedException {
        if (!chat.join(java.time.Duration.ofSeconds(PATIENCE_SECONDS))) {
            throw new AssertionError("the chat goes on; the screen shows: " + screen);
        }
    }

    @Override
    public void close() throws IOException {
        chat.interrupt();
        terminal.close();
    }

    /** Everything that was ever shown, and how far it was looked at. */
    private static final class Screen extends OutputStream {
        private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private int lookedAt;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            lock.lock();
            try {
                shown.write(bytes, offset, length);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void await(String text) throws InterruptedException {
            long patienceNanos = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            lock.lock();
            try {
                while (toString().indexOf(text, lookedAt) < 0) {
                    if (patienceNanos <= 0) {
                        throw new AssertionError("no '" + text + "' on the screen: " + this);
                    }
                    patienceNanos = changed.awaitNanos(patienceNanos);
                }
                lookedAt = toString().indexOf(text, lookedAt) + text.length();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public String toString() {
            return shown.toString(StandardCharsets.UTF_8);
        }
    }
}
