package dev.livefeed.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.regex.Pattern;

/** Reads Server-Sent Events (WHATWG HTML, section 9.2): the data of each, and the id of the last one. */
final class ServerSentEvents {

    /** Those that a header can carry; others are ignored. */
    private static final Pattern ID = Pattern.compile("[!-~]{1,100}");

    private final BufferedReader lines;
    private final int most;
    private String lastId;
    private String comment = "";

    /**
     * @param most characters of an event
     * @param lastId of an earlier connection, or null
     */
    ServerSentEvents(BufferedReader lines, int most, String lastId) {
        this.lines = lines;
        this.most = most;
        this.lastId = lastId;
    }

    /**
     * The data of the next event, or null at the end. An event that is cut off by the end is none.
     *
     * @throws IOException also of an event that is too long
     */
    String next() throws IOException {
        StringBuilder data = new StringBuilder();
        String id = null;
        boolean any = false;
        String line;
        while ((line = lines.readLine()) != null) {
            if (line.isEmpty()) {
                if (any) {
                    lastId = id == null || !ID.matcher(id).matches() ? lastId : id;
                    return data.toString();
                }
            } else if (line.startsWith(":")) {
                comment = line.substring(1).strip();
            } else if (line.startsWith("id:")) {
                id = value(line);
            } else if (line.startsWith("data:")) {
                data.append(any ? "\n" : "").append(value(line));
                any = true;
                if (data.length() > most) {
                    throw new IOException("an event of more than " + most + " characters");
                }
            }
        }
        return null;
    }

    private static String value(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    /** The id of the last complete event, or null. */
    String lastId() {
        return lastId;
    }

    /** The last comment, which is the reason if the server has closed; empty if there was none. */
    String lastComment() {
        return comment;
    }
}
