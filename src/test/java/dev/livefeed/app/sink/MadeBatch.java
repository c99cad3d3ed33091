package dev.livefeed.app.sink;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Batches of given lines, stored at a given time. */
public final class MadeBatch {

    public static final long STORED_MILLIS = 1_795_564_800_000L;

    private MadeBatch() {}

    /** Lines of run 7, from number {@code first} on. */
    public static LineBatch of(String name, long first, String... lines) {
        LineBatch.Builder batch = new LineBatch.Builder(name, 7, first);
        for (int i = 0; i < lines.length; i++) {
            batch.add(new StoredLine(first + i, STORED_MILLIS, lines[i].getBytes(StandardCharsets.UTF_8)));
        }
        return batch.build(0);
    }

    /** Lines of run 7, from number {@code first} on, stored at these times. */
    public static LineBatch of(String name, long first, List<Instant> stored, List<String> lines) {
        LineBatch.Builder batch = new LineBatch.Builder(name, 7, first);
        for (int i = 0; i < lines.size(); i++) {
            batch.add(new StoredLine(
                    first + i, stored.get(i).toEpochMilli(), lines.get(i).getBytes(StandardCharsets.UTF_8)));
        }
        return batch.build(0);
    }

    /** Lines of a batch by their indexes, as of a batch that was cut in another way. */
    public static LineBatch part(LineBatch batch, int from, int to) {
        return batch.part(from, to);
    }
}
