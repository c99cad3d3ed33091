package dev.livefeed.app.sink;

import java.io.IOException;
import java.io.RandomAccessFile;

/** Files of lines: a process that ends while it writes may leave a part of one, which is delivered again. */
public final class WholeLines {

    private WholeLines() {}

    /** The position behind the last line end before a position; 0 if there is none. */
    public static long end(RandomAccessFile file, long before) throws IOException {
        byte[] chunk = new byte[8192];
        long end = before;
        while (end > 0) {
            int size = (int) Math.min(chunk.length, end);
            file.seek(end - size);
            file.readFully(chunk, 0, size);
            for (int i = size - 1; i >= 0; i--) {
                if (chunk[i] == '\n') {
                    return end - size + i + 1;
                }
            }
            end -= size;
        }
        return 0;
    }
}
