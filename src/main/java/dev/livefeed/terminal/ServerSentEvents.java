package dev.livefeed.terminal;

import java.io.BufferedReader;
import java.io.IOException;

/** Reads Server-Sent Events (WHATWG HTML, section 9.2): the data of each, and the id of the last one. */
final class ServerSentEvents {

    private final BufferedReader lines;
    private String lastId;
    private String comment = "";

    /** @param lastId of an earlier connection, or null */
    ServerSentEvents(BufferedReader lines, String lastId) {
        this.lines = lines;
        this.lastId = lastId;
    }

    /** The data of the next event, or null at the end. An event that is cut off by the end is none. */
    String next() throws IOException {
        StringBuilder data = new StringBuilder();
        String id = null;
        boolean any = false;
        String line;
        while ((line = lines.readLine()) != null) {
            if (line.isEmpty()) {
                if (any) {
                    lastId = id == null ? lastId : id;
                    return data.toString();
                }
            } else if (line.startsWith(":")) {
                comment = line.substring(1).strip();
            } else if (line.startsWith("id:")) {
                id = value(line);
            } else if (line.startsWith("data:")) {
                data.append(any ? "\n" : "").append(value(line));
                any = true;
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
