package dev.livefeed.app.sink;

import java.nio.charset.StandardCharsets;

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
}
