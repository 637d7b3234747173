package dev.altiplano.model.json;

import dev.altiplano.compute.ModelFormatException;
import java.lang.foreign.MemorySegment;

/** Checks a document byte by byte and writes its {@link JsonTape}. */
final class JsonReader {
    private static final int NUMBER_BYTES_MAX = 1_000;

    /** Objects with fewer members are searched from the front. */
    private static final int TABLE_MEMBERS_MIN = 9;

    /** Honest keys meet a handful of others in the table; more are an attack on our time. */
    private static final int KEY_COLLISIONS_MAX = 512;

    private final String where;
    private final int end;
    private final JsonTape tape;
    private int at;

    JsonReader(String where, MemorySegment source) {
        if (source.byteSize() > Json.FILE_BYTES_MAX) {
            throw new ModelFormatException(
                    "%s: expected at most %d bytes of JSON, found %d. Is this the right file?"
                            .formatted(where, Json.FILE_BYTES_MAX, source.byteSize()));
        }
        this.where = where;
        this.end = (int) source.byteSize();
        this.tape = new JsonTape(source);
    }

    Json read() {
        skipSpace();
        readValue(0);
        skipSpace();
        if (at < end) {
            throw unexpected("the end after one JSON value");
        }
        return tape.value(0);
    }

    private void readValue(int depth) {
        if (depth > Json.DEPTH_MAX) {
            throw failure(
                    "expected at most %d levels of nesting, found more".formatted(Json.DEPTH_MAX));
        }
        switch (peek()) {
            case '{' -> readObject(depth);
            case '[' -> readArray(depth);
            case '"' -> readString();
            case 't' -> readLiteral("true");
            case 'f' -> readLiteral("false");
            case 'n' -> readLiteral("null");
            default -> readNumber();
        }
    }

    private void readObject(int depth) {
        int object = tape.size();
        tape.append(at++);
        tape.appendZeros(JsonTape.OBJECT_INTS - 1);
        int count = 0;
        skipSpace();
        if (peek() == '}') {
            at++;
        } else {
            do {
                skipSpace();
                if (peek() != '"') {
                    throw unexpected("a key in double quotes");
                }
                readString();
                skipSpace();
                if (peek() != ':') {
                    throw unexpected("':' after the key");
                }
                at++;
                skipSpace();
                readValue(depth + 1);
                count++;
            } while (anotherFollows('}'));
        }
        tape.set(object + 2, count);
        indexKeys(object, count);
        tape.set(object + 1, tape.size());
    }

    private void readArray(int depth) {
        int array = tape.size();
        tape.append(at++);
        tape.appendZeros(JsonTape.ARRAY_INTS - 1);
        int count = 0;
        skipSpace();
        if (peek() == ']') {
            at++;
        } else {
            do {
                skipSpace();
                readValue(depth + 1);
                count++;
            } while (anotherFollows(']'));
        }
        tape.set(array + 1, tape.size());
        tape.set(array + 2, count);
    }

    /** Reads the comma or the {@code close} after an item. */
    private boolean anotherFollows(char close) {
        skipSpace();
        int found = peek();
        if (found != ',' && found != close) {
            throw unexpected("',' or '%c'".formatted(close));
        }
        at++;
        return found == ',';
    }

    /** Refuses equal keys; gives a large object the table through which they are found. */
    private void indexKeys(int object, int count) {
        int first = object + JsonTape.OBJECT_INTS;
        if (count < TABLE_MEMBERS_MIN) {
            refuseEqualKeys(first, count);
            return;
        }
        int slots = Integer.highestOneBit(count) * 4;
        int table = tape.appendZeros(slots);
        tape.set(object + 3, table);
        int position = first;
        for (int i = 0; i < count; i++) {
            String key = tape.key(position);
            int slot = JsonTape.slot(key, slots);
            int collisions = 0;
            for (int other = tape.get(table + slot); other != 0; other = tape.get(table + slot)) {
                if (tape.key(other).equals(key)) {
                    throw twice(position, key);
                }
                if (++collisions > KEY_COLLISIONS_MAX) {
                    at = tape.get(position);
                    throw failure("expected distinct keys, found keys made to collide");
                }
                slot = (slot + 1) & (slots - 1);
            }
            tape.set(table + slot, position);
            position = tape.next(position + 1);
        }
    }

    private void refuseEqualKeys(int first, int count) {
        String[] keys = new String[count];
        int position = first;
        for (int i = 0; i < count; i++) {
            keys[i] = tape.key(position);
            for (int j = 0; j < i; j++) {
                if (keys[j].equals(keys[i])) {
                    throw twice(position, keys[i]);
                }
            }
            position = tape.next(position + 1);
        }
    }

    private ModelFormatException twice(int position, String key) {
        at = tape.get(position);
        return failure("expected each key once, found %s again".formatted(JsonWriter.quote(key)));
    }

    private void readString() {
        tape.append(at++);
        while (true) {
            int b = peek();
            if (b == '"') {
                at++;
                return;
            }
            if (b < 0x20) {
                throw unexpected("a character of the string or '\"'");
            }
            if (b == '\\') {
                readEscape();
            } else if (b < 0x80) {
                at++;
            } else {
                readMultiByte();
            }
        }
    }

    private void readEscape() {
        at++;
        int kind = peek();
        if (kind == 'u') {
            at++;
            int unit = readHex();
            boolean pair = Character.isHighSurrogate((char) unit) && nextUnitIsLow();
            if (Character.isSurrogate((char) unit) && !pair) {
                at -= 6;
                throw failure("expected a character, found half a surrogate pair");
            }
        } else if (kind >= 0 && "\"\\/bfnrt".indexOf(kind) >= 0) {
            at++;
        } else {
            throw unexpected("one of \" \\ / b f n r t u after '\\'");
        }
    }

    /** Reads {@code \\uDC00} to {@code \\uDFFF} if that comes next. */
    private boolean nextUnitIsLow() {
        int before = at;
        if (peek() == '\\') {
            at++;
            if (peek() == 'u') {
                at++;
                if (Character.isLowSurrogate((char) readHex())) {
                    return true;
                }
            }
        }
        at = before;
        return false;
    }

    private int readHex() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int b = peek();
            int digit = b < 0 || b > 0x7F ? -1 : Character.digit((char) b, 16);
            if (digit < 0) {
                throw unexpected("four hexadecimal digits after '\\u'");
            }
            unit = (unit << 4) | digit;
            at++;
        }
        return unit;
    }

    /** One character of two to four bytes: not too long, no surrogate, at most U+10FFFF. */
    private void readMultiByte() {
        int lead = peek();
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        int point = lead & (0xFF >> (length + 1));
        boolean valid = lead >= 0xC2 && lead <= 0xF4 && at + length <= end;
        for (int i = 1; valid && i < length; i++) {
            int b = tape.sourceByte(at + i);
            valid = (b & 0xC0) == 0x80;
            point = (point << 6) | (b & 0x3F);
        }
        int least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
        valid &= point >= least && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
        if (!valid) {
            throw unexpected("UTF-8");
        }
        at += length;
    }

    private void readLiteral(String literal) {
        int start = at;
        tape.append(start);
        for (int i = 0; i < literal.length(); i++) {
            if (peek() != literal.charAt(i)) {
                throw unexpected("'" + literal + "'");
            }
            at++;
        }
    }

    private void readNumber() {
        int start = at;
        tape.append(start);
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            readDigits(start == at ? "a JSON value" : "a digit after '-'");
        }
        if (peek() == '.') {
            at++;
            readDigits("a digit after '.'");
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            readDigits("a digit in the exponent");
        }
        if (at - start > NUMBER_BYTES_MAX) {
            at = start;
            throw failure("expected a number of at most 1000 characters, found a longer one");
        }
        // What may be part of a number must not follow it: the tape finds its end that way.
        int after = peek();
        if ((after >= '0' && after <= '9') || after == '-' || after == '+' || after == '.') {
            throw unexpected("the end of the number");
        }
    }

    private void readDigits(String expected) {
        if (peek() < '0' || peek() > '9') {
            throw unexpected(expected);
        }
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
    }

    private void skipSpace() {
        while (at < end) {
            byte b = tape.sourceByte(at);
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return;
            }
            at++;
        }
    }

    /** The next byte, 0 to 255, or -1 at the end. */
    private int peek() {
        return at < end ? tape.sourceByte(at) & 0xFF : -1;
    }

    private ModelFormatException unexpected(String expected) {
        return failure("expected %s, found %s".formatted(expected, found()));
    }

    private String found() {
        int b = peek();
        return b < 0
                ? "the end of the text"
                : b >= 0x20 && b < 0x7F ? "'%c'".formatted((char) b) : "byte 0x%02X".formatted(b);
    }

    private ModelFormatException failure(String what) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < at; i++) {
            if (tape.sourceByte(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new ModelFormatException(
                "%s, line %d, column %d (byte %d): %s. Mend the JSON or download the file again."
                        .formatted(where, line, at - lineStart + 1, at, what));
    }
}
