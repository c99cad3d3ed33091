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
 * confirmed before the process ended, replaces what it has left there. If the file has grown by more than the batch,
 * another program has used it since, and everything in it stays.
 */
final class BatchStart {

    /** Bytes of a file before the batch, and those that the batch adds. */
    record Part(long before, long added) {}

    static final String NAME = "appending";

    private static final String END = "end";

    private final Path file;
    private long run = -1;
    private long first = -1;
    private Map<Path, Part> parts = Map.of();

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
            Map<Path, Part> known = new LinkedHashMap<>();
            for (String row : rows.subList(1, rows.size() - 1)) {
                String[] part = row.split(" ", 3);
                known.put(Path.of(part[2]), new Part(Long.parseLong(part[0]), Long.parseLong(part[1])));
            }
            run = Long.parseLong(batch[0]);
            first = Long.parseLong(batch[1]);
            parts = known;
        } catch (RuntimeException e) {
            parts = Map.of();
        }
    }

    /** Takes back what an earlier attempt has appended, if this is the batch. */
    void undo(LineBatch batch) throws IOException {
        if (batch.run() != run || batch.first() != first) {
            return;
        }
        for (Map.Entry<Path, Part> one : parts.entrySet()) {
            if (Files.exists(one.getKey())) {
                try (RandomAccessFile out = new RandomAccessFile(one.getKey().toFile(), "rw")) {
                    Part part = one.getValue();
                    if (out.length() > part.before() && out.length() <= part.before() + part.added()) {
                        out.setLength(part.before());
                    }
                }
            }
        }
    }

    /** To be called before the batch is appended to the files, with a part for each. */
    void write(LineBatch batch, Map<Path, Part> files) throws IOException {
        StringBuilder text = new StringBuilder(200);
        text.append(batch.run()).append(' ').append(batch.first()).append('\n');
        files.forEach((path, part) -> text.append(part.before())
                .append(' ')
                .append(part.added())
                .append(' ')
                .append(path.toAbsolutePath())
                .append('\n'));
        Files.createDirectories(file.getParent());
        Files.write(file, text.append(END).append('\n').toString().getBytes(StandardCharsets.UTF_8));
        run = batch.run();
        first = batch.first();
        parts = files;
    }
}
