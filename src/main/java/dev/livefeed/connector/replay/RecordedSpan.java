package dev.livefeed.connector.replay;

import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.InvalidEventException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;

/**
 * From when to when a recording goes, by the first and the last of its lines that have a time. Only the ends of the
 * files are read.
 *
 * @param begin microseconds since 1970; -1 if it is not known
 * @param end microseconds since 1970; -1 if it is not known, as of a compressed file, which has to be read whole for it
 */
record RecordedSpan(long begin, long end) {

    /** Lines that are looked at for a time, at either end. */
    private static final int LINES = 1_000;

    private static final int TAIL_BYTES = 4 * Recording.MAX_LINE_BYTES;

    /**
     * Reads what is replayed of the recording.
     *
     * @param reader of this class only
     */
    static RecordedSpan of(ReplaySettings settings, EventReader reader, RecordedTime time) {
        long first = first(settings.files(), reader, time);
        long last = last(settings.files(), reader, time);
        long begin = first < 0 ? settings.from() : Math.max(first, settings.from());
        boolean open = settings.to() == Long.MAX_VALUE;
        long end = last < 0 ? open ? -1 : settings.to() : Math.min(last, settings.to());
        return end < begin ? new RecordedSpan(begin, -1) : new RecordedSpan(begin, end);
    }

    private static long first(List<Path> files, EventReader reader, RecordedTime time) {
        try (Recording lines = new Recording(files, error -> {})) {
            for (int i = 0; i < LINES && lines.next(); i++) {
                long micros = micros(lines.buffer(), lines.offset(), lines.length(), reader, time);
                if (micros >= 0) {
                    return micros;
                }
            }
        }
        return -1;
    }

    private static long last(List<Path> files, EventReader reader, RecordedTime time) {
        Path file = files.get(files.size() - 1);
        byte[] tail = tail(file);
        int end = tail.length;
        for (int i = 0; i < LINES && end > 0; i++) {
            int start = end;
            while (start > 0 && tail[start - 1] != '\n') {
                start--;
            }
            long micros = end == start ? -1 : micros(tail, start, end - start, reader, time);
            if (micros >= 0) {
                return micros;
            }
            end = start - 1;
        }
        return -1;
    }

    /** The last lines of a file, the first of them possibly cut off; nothing of a compressed one. */
    private static byte[] tail(Path file) {
        if (Recording.compressed(file)) {
            return new byte[0];
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(TAIL_BYTES, in.length())];
            in.seek(in.length() - tail.length);
            in.readFully(tail);
            return tail;
        } catch (IOException e) {
            return new byte[0]; // reported when the file is played
        }
    }

    private static long micros(byte[] line, int offset, int length, EventReader reader, RecordedTime time) {
        try {
            return time.of(reader.read(line, offset, length));
        } catch (InvalidEventException e) {
            return -1; // reported when the line is played
        }
    }

    /**
     * Which part of it has been played.
     *
     * @param position time of the last event played, or -1
     * @return 0 to 1; -1 if the span is not known
     */
    double share(long position) {
        if (begin < 0 || end < 0) {
            return -1;
        }
        if (position < begin) {
            return 0;
        }
        return end == begin ? 1 : Math.min(1, (double) (position - begin) / (end - begin));
    }
}
