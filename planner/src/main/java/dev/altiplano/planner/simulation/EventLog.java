package dev.altiplano.planner.simulation;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The event log as CSV bytes, hashed as they are written and kept only on request: the SHA-256 of
 * {@code events.csv} is the hash of the run. Labels are kept as bytes and digits written by hand,
 * since a hundred thousand lines a run are hashed for every sample.
 */
final class EventLog {
    static final String HEADER = "time_us,event,component,cause,phase,spares,step,safe_step\n";
    private static final int LINE_MAX = 256;

    private final MessageDigest digest = sha256();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Map<EventKind, byte[]> kinds = new EnumMap<>(EventKind.class);
    private final Map<RunPhase, byte[]> phases = new EnumMap<>(RunPhase.class);
    private final boolean keeps;
    private final byte[] buffer = new byte[1 << 14];
    private final byte[] digits = new byte[20];
    private int length;
    private long lines;

    EventLog(Recording recording) {
        keeps = recording == Recording.FULL;
        for (EventKind kind : EventKind.values()) {
            kinds.put(kind, ascii(kind.label()));
        }
        for (RunPhase phase : RunPhase.values()) {
            phases.put(phase, ascii(phase.label()));
        }
        append(ascii(HEADER));
    }

    void add(Event event, RunState state) {
        append(event.timeMicros()).comma();
        append(requireNonNull(kinds.get(event.kind()))).comma();
        append(event.component()).comma();
        append(state.causes.bytes(cause(event, state))).comma();
        append(requireNonNull(phases.get(state.phase()))).comma();
        append(state.spares()).comma();
        append(state.stepsDone()).comma();
        append(state.stepsSafe());
        buffer[length++] = '\n';
        lines++;
        if (length > buffer.length - LINE_MAX) {
            flush();
        }
    }

    /** A fault's own cause; else why the run is not training. */
    private static int cause(Event event, RunState state) {
        return event.kind() == EventKind.FAULT ? event.detail() : state.cause();
    }

    /** Lines without the header. */
    long lines() {
        return lines;
    }

    /** Ends the log. */
    String hash() {
        flush();
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The whole log, empty unless it was to be kept. */
    String text() {
        return kept.toString(StandardCharsets.US_ASCII);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private EventLog append(byte[] text) {
        System.arraycopy(text, 0, buffer, length, text.length);
        length += text.length;
        return this;
    }

    /** {@code value} is zero or more. */
    private EventLog append(long value) {
        assert value >= 0 : value;
        int start = digits.length;
        long rest = value;
        while (rest >= 100) {
            int pair = (int) (rest % 100);
            rest /= 100;
            digits[--start] = (byte) ('0' + pair % 10);
            digits[--start] = (byte) ('0' + pair / 10);
        }
        digits[--start] = (byte) ('0' + rest % 10);
        if (rest >= 10) {
            digits[--start] = (byte) ('0' + rest / 10);
        }
        System.arraycopy(digits, start, buffer, length, digits.length - start);
        length += digits.length - start;
        return this;
    }

    private void comma() {
        buffer[length++] = ',';
    }

    private void flush() {
        digest.update(buffer, 0, length);
        if (keeps) {
            kept.write(buffer, 0, length);
        }
        length = 0;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
