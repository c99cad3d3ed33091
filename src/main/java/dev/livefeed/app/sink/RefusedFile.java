package dev.livefeed.app.sink;

import dev.livefeed.protocol.codec.LineTree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps lines that a sink has refused for good, each with the reason, in a file beside the buffer. When it is full,
 * lines are kept in the buffer instead, which blocks the sink: none is lost. Not for several threads at a time.
 */
final class RefusedFile {

    static final String NAME = "refused.ndjson";

    private final Path file;
    private final long mostBytes;
    private long lastRun = -1;
    private long lastSequence = -1;
    private boolean whole;

    RefusedFile(Path folder, long mostBytes) {
        file = folder.resolve(NAME);
        this.mostBytes = mostBytes;
    }

    /**
     * Appends the one line of a batch; false if it came again.
     *
     * @throws IOException if the file cannot be written or is full
     */
    boolean add(LineBatch line, String reason) throws IOException {
        if (line.run() == lastRun && line.first() <= lastSequence) {
            return false;
        }
        byte[] entry = entry(line, reason);
        Files.createDirectories(file.getParent());
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            long end = whole ? out.length() : SinkFiles.endOfLastLine(out);
            if (end + entry.length > mostBytes) {
                throw new IOException(file + " has reached " + mostBytes / (1024 * 1024)
                        + " MiB: move it away; the line to be kept in it was refused with: " + reason);
            }
            out.setLength(end);
            out.seek(end);
            whole = false;
            out.write(entry);
            whole = true;
        }
        lastRun = line.run();
        lastSequence = line.first();
        return true;
    }

    private static byte[] entry(LineBatch line, String reason) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", line.run());
        fields.put("sequence", line.first());
        fields.put("stored", Instant.ofEpochMilli(line.storedMillis(0)).toString());
        fields.put("reason", reason);
        fields.put("line", new String(line.line(0), StandardCharsets.UTF_8));
        return (LineTree.MAPPER.writeValueAsString(fields) + '\n').getBytes(StandardCharsets.UTF_8);
    }
}
