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
import java.util.Set;

/**
 * Keeps lines that a sink has refused for good, each with the reason, in a file beside the buffer. Lines come in order,
 * and those of an unconfirmed batch again: what is not beyond the last one in the file is there already. When it is
 * full, lines are kept in the buffer instead, which blocks the sink: none is lost. Not for several threads at a time.
 */
final class RefusedFile {

    static final String NAME = "refused.ndjson";

    private static final String RUN = "run";
    private static final String SEQUENCE = "sequence";

    private final Path file;
    private final long mostBytes;
    private long lastRun = -1;
    private long lastSequence = -1;
    /** Ends with the last line. */
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
        byte[] entry = entry(line, reason);
        Files.createDirectories(file.getParent());
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            long end = whole ? out.length() : wholeEnd(out);
            if (line.run() == lastRun && line.first() <= lastSequence) {
                return false;
            }
            if (end + entry.length > mostBytes) {
                throw new IOException(file + " has reached " + mostBytes / (1024 * 1024)
                        + " MiB: move it away; the line to be kept in it was refused with: " + reason);
            }
            out.setLength(end);
            out.seek(end);
            whole = false;
            out.write(entry);
            out.getFD().sync(); // the buffer forgets the line
            whole = true;
        }
        lastRun = line.run();
        lastSequence = line.first();
        return true;
    }

    /** Where the last whole line ends, which tells what an earlier process has kept. */
    private long wholeEnd(RandomAccessFile in) throws IOException {
        long end = WholeLines.end(in, in.length());
        long begin = end == 0 ? 0 : WholeLines.end(in, end - 1);
        byte[] head = new byte[(int) Math.min(end - begin, 200)];
        in.seek(begin);
        in.readFully(head);
        try {
            Map<String, String> id = LineTexts.of(head, Set.of(RUN, SEQUENCE));
            lastRun = Long.parseLong(id.getOrDefault(RUN, "-1"));
            lastSequence = Long.parseLong(id.getOrDefault(SEQUENCE, "-1"));
        } catch (IOException | NumberFormatException e) {
            // Empty, or edited by others: the line is appended, with its run and number.
        }
        return end;
    }

    private static byte[] entry(LineBatch line, String reason) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(RUN, line.run());
        fields.put(SEQUENCE, line.first());
        fields.put("stored", Instant.ofEpochMilli(line.storedMillis(0)).toString());
        fields.put("reason", reason);
        fields.put("line", new String(line.line(0), StandardCharsets.UTF_8));
        return (LineTree.MAPPER.writeValueAsString(fields) + '\n').getBytes(StandardCharsets.UTF_8);
    }
}
