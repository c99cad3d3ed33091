package dev.livefeed.app.sink.file;

import dev.livefeed.app.sink.LineBatch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long files were before a batch was appended to them, kept in a file: a batch that comes again, since it was not
 * confirmed before the process ended, replaces what it has left there.
 */
final class BatchStart {

    static final String NAME = "appending";

    private static final String END = "end";

    private final Path file;
    private long run = -1;
    private long first = -1;
    private Map<Path, Long> lengths = Map.of();

    /** @param folder that of the buffer */
    BatchStart(Path folder) throws IOException {
        file = folder.resolve(NAME);
        if (Files.exists(file)) {
            read(Files.readString(file));
        }
    }

    /** Nothing if it is not whole: a process that ends while it writes it has not begun with the batch. */
    private void read(String text) {
        List<String> rows = text.lines().toList();
        if (rows.size() < 2 || !rows.get(rows.size() - 1).equals(END)) {
            return;
        }
        try {
            String[] batch = rows.get(0).split(" ");
            Map<Path, Long> known = new LinkedHashMap<>();
            for (String row : rows.subList(1, rows.size() - 1)) {
                int blank = row.indexOf(' ');
                known.put(Path.of(row.substring(blank + 1)), Long.parseLong(row.substring(0, blank)));
            }
            run = Long.parseLong(batch[0]);
            first = Long.parseLong(batch[1]);
            lengths = known;
        } catch (RuntimeException e) {
            lengths = Map.of();
        }
    }

    /** Takes back what an earlier attempt has appended, if this is the batch. */
    void undo(LineBatch batch) throws IOException {
        if (batch.run() != run || batch.first() != first) {
            return;
        }
        for (Map.Entry<Path, Long> one : lengths.entrySet()) {
            if (Files.exists(one.getKey())) {
                try (RandomAccessFile out = new RandomAccessFile(one.getKey().toFile(), "rw")) {
                    out.setLength(Math.min(out.length(), one.getValue()));
                }
            }
        }
    }

    /** To be called before the batch is appended to the files, with their lengths. */
    void write(LineBatch batch, Map<Path, Long> before) throws IOException {
        StringBuilder text = new StringBuilder(200);
        text.append(batch.run()).append(' ').append(batch.first()).append('\n');
        before.forEach((path, length) ->
                text.append(length).append(' ').append(path.toAbsolutePath()).append('\n'));
        Files.createDirectories(file.getParent());
        Files.write(file, text.append(END).append('\n').toString().getBytes(StandardCharsets.UTF_8));
        run = batch.run();
        first = batch.first();
        lengths = before;
    }
}
