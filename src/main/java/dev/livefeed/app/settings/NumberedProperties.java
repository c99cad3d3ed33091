package dev.livefeed.app.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** A properties file that records the line number of each key. */
final class NumberedProperties extends Properties {

    private static final String END = "\n ";

    private final transient Map<Object, Integer> lines = new HashMap<>();
    private transient int line;

    /**
     * Reads a file as UTF-8.
     *
     * @throws IllegalArgumentException if an escape is malformed
     */
    static NumberedProperties read(Path file) throws IOException {
        // The parser reads ahead at the end of a line before it stores the key, unless input is left. A blank at the
        // beginning of a line is ignored.
        String text = Files.readString(file, StandardCharsets.UTF_8).replace("\n", END);
        NumberedProperties properties = new NumberedProperties();
        properties.load(properties.lineByLine(text));
        return properties;
    }

    /** The line on which the value of a key ends; 0 if the file does not contain the key. */
    int line(String key) {
        return lines.getOrDefault(key, 0);
    }

    @Override
    public synchronized Object put(Object key, Object value) {
        lines.put(key, line);
        return super.put(key, value);
    }

    /** Returns at most one line per read, so that a key is stored before the next line is read. */
    private Reader lineByLine(String text) {
        return new Reader() {

            private int at;

            @Override
            public int read(char[] buffer, int offset, int length) {
                if (at == text.length()) {
                    return -1;
                }
                if (at == 0 || text.startsWith(END, at - END.length())) {
                    line++;
                }
                int next = text.indexOf(END, at);
                int end = Math.min(next < 0 ? text.length() : next + END.length(), at + length);
                text.getChars(at, end, buffer, offset);
                int count = end - at;
                at = end;
                return count;
            }

            @Override
            public void close() {}
        };
    }
}
