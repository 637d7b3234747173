package dev.altiplano.model.json;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A checked document: its UTF-8 source and a tape of integers that says where each value begins.
 *
 * <p>The tape holds, in the order of the source:
 *
 * <ul>
 *   <li>a string, number or literal: {@code [offset]};
 *   <li>an array: {@code [offset, next, count]} and its items;
 *   <li>an object: {@code [offset, next, count, table]} and for each member {@code [key offset]}
 *       and the value; then, if {@code table} is not 0, a hash table of {@code next - table} slots
 *       with the tape positions of the keys, 0 where a slot is free.
 * </ul>
 *
 * {@code offset} counts source bytes, the others are positions on the tape. What kind a value is
 * says its first byte.
 */
final class JsonTape {
    static final int ARRAY_INTS = 3;
    static final int OBJECT_INTS = 4;

    private static final long HEAP_INTS_MAX = 1 << 14;
    private static final Json TRUE = new Json.Bool(true);
    private static final Json FALSE = new Json.Bool(false);
    private static final Json NULL = new Json.Null();

    private final MemorySegment source;
    private MemorySegment ints;
    private long capacity;
    private int size;

    JsonTape(MemorySegment source) {
        this.source = source;
        // A guess at the usual need; tokenizers take about one integer for seven bytes.
        this.capacity = Math.max(16, source.byteSize() / 8);
        this.ints = allocate(capacity);
    }

    private static MemorySegment allocate(long count) {
        return count <= HEAP_INTS_MAX
                ? MemorySegment.ofArray(new int[(int) count])
                : Arena.ofAuto().allocate(JAVA_INT, count);
    }

    int size() {
        return size;
    }

    int get(int position) {
        return ints.getAtIndex(JAVA_INT, position);
    }

    void set(int position, int value) {
        ints.setAtIndex(JAVA_INT, position, value);
    }

    void append(int value) {
        reserve(1);
        set(size++, value);
    }

    /** Appends {@code count} zeros; returns the position of the first. */
    int appendZeros(int count) {
        reserve(count);
        int first = size;
        size += count;
        return first;
    }

    /** Makes room for {@code count} more; memory not used yet is always zero. */
    private void reserve(int count) {
        if ((long) size + count > Integer.MAX_VALUE) {
            throw new IllegalStateException("a JSON source of this size is beyond the limits");
        }
        if (size + count > capacity) {
            capacity = Math.max(2 * capacity, size + count);
            MemorySegment larger = allocate(capacity);
            MemorySegment.copy(ints, 0, larger, 0, (long) size * Integer.BYTES);
            ints = larger;
        }
    }

    byte sourceByte(int offset) {
        return source.get(JAVA_BYTE, offset);
    }

    /** The position after the value at {@code position}. */
    int next(int position) {
        byte first = sourceByte(get(position));
        return first == '{' || first == '[' ? get(position + 1) : position + 1;
    }

    /** The value at {@code position}. */
    Json value(int position) {
        int offset = get(position);
        return switch (sourceByte(offset)) {
            case '{' -> new Json.Obj(new JsonMap(this, position));
            case '[' -> new Json.Arr(new JsonList(this, position));
            case '"' -> new Json.Str(string(offset));
            case 't' -> TRUE;
            case 'f' -> FALSE;
            case 'n' -> NULL;
            default -> new Json.Num(number(offset));
        };
    }

    /** The key whose position on the tape is {@code position}, with its value. */
    Map.Entry<String, Json> member(int position) {
        return Map.entry(key(position), value(position + 1));
    }

    String key(int position) {
        return string(get(position));
    }

    /** The tape position of the value of {@code key} in the object at {@code object}, or -1. */
    int find(int object, String key) {
        int table = get(object + 3);
        if (table != 0) {
            return findInTable(table, get(object + 1) - table, key);
        }
        int position = object + OBJECT_INTS;
        for (int left = get(object + 2); left > 0; left--) {
            if (key(position).equals(key)) {
                return position + 1;
            }
            position = next(position + 1);
        }
        return -1;
    }

    private int findInTable(int table, int slots, String key) {
        for (int slot = slot(key, slots); ; slot = (slot + 1) & (slots - 1)) {
            int position = get(table + slot);
            if (position == 0) {
                return -1;
            }
            if (key(position).equals(key)) {
                return position + 1;
            }
        }
    }

    /** Where the search for {@code key} begins among {@code slots}, a power of two. */
    static int slot(String key, int slots) {
        return ((key.hashCode() * 0x9E3779B9) >>> 7) & (slots - 1);
    }

    /** The string whose opening quote is at {@code offset}. */
    private String string(int offset) {
        int start = offset + 1;
        int end = start;
        boolean escaped = false;
        for (byte b = sourceByte(end); b != '"'; b = sourceByte(end)) {
            escaped |= b == '\\';
            end += b == '\\' ? 2 : 1;
        }
        String raw = text(start, end);
        return escaped ? unescape(raw) : raw;
    }

    private String text(int start, int end) {
        byte[] utf8 = new byte[end - start];
        MemorySegment.copy(source, JAVA_BYTE, start, utf8, 0, utf8.length);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static String unescape(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        int at = 0;
        while (at < raw.length()) {
            int backslash = raw.indexOf('\\', at);
            if (backslash < 0) {
                backslash = raw.length();
            }
            text.append(raw, at, backslash);
            at = backslash;
            if (at < raw.length()) {
                char kind = raw.charAt(at + 1);
                text.append(
                        kind == 'u'
                                ? (char) Integer.parseInt(raw, at + 2, at + 6, 16)
                                : unescape(kind));
                at += kind == 'u' ? 6 : 2;
            }
        }
        return text.toString();
    }

    private static char unescape(char kind) {
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> kind;
        };
    }

    private String number(int offset) {
        int end = offset;
        while (end < source.byteSize() && isNumberByte(sourceByte(end))) {
            end++;
        }
        return text(offset, end);
    }

    private static boolean isNumberByte(byte b) {
        return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
    }
}
