package dev.livefeed.connector.replay;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * The lines of a recording, one file behind the other, plain or packed by gzip. Only the line at hand is held: one of
 * more than {@value #LONGEST} bytes goes by and is told, as is all that cannot be read.
 */
final class Recording implements AutoCloseable {

    static final int LONGEST = 1024 * 1024;

    private static final int CHUNK = 128 * 1024;

    private final List<Path> files;
    private final Consumer<String> trouble;
    private int next;
    private Path file;
    private InputStream in;
    private byte[] buffer = new byte[CHUNK];
    private int start;
    private int end;
    /** Where to look for the next line end. */
    private int scan;

    private int lineStart;
    private int lineEnd;
    private boolean whole;
    private long number;
    private long lines;
    private long tooLong;
    private boolean inFile;
    /** Whether all that the file gives has been read. */
    private boolean read;

    /** @param trouble told in one line of everything that is not there to be read */
    Recording(List<Path> files, Consumer<String> trouble) {
        this.files = files;
        this.trouble = trouble;
    }

    /**
     * Goes on to the next line that is not blank.
     *
     * @return false where there is none: the recording has ended
     */
    boolean next() {
        while (in != null || open()) {
            while (cut()) {
                if (!blank()) {
                    return true;
                }
            }
            leave();
        }
        return false;
    }

    /** Holds the line from {@link #offset} on, until the next is asked for. */
    byte[] buffer() {
        return buffer;
    }

    int offset() {
        return lineStart;
    }

    int length() {
        return lineEnd - lineStart;
    }

    /** Whether the line has its end; without one it may be half a line. */
    boolean whole() {
        return whole;
    }

    /** Where the line stands, for people. */
    String place() {
        return file == null ? "the beginning" : file.getFileName() + ":" + number;
    }

    /** The name of the file at hand, or null before the first. */
    String file() {
        return file == null ? null : file.getFileName().toString();
    }

    /** Lines so far, of all files, with those that were too long. */
    long lines() {
        return lines;
    }

    /** Lines that went by because they were too long. */
    long tooLong() {
        return tooLong;
    }

    private boolean open() {
        while (next < files.size()) {
            file = files.get(next++);
            number = 0;
            start = 0;
            end = 0;
            scan = 0;
            inFile = false;
            read = false;
            try {
                byte[] head = RecordedFiles.head(file);
                boolean gzip = head.length >= 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
                InputStream plain = Files.newInputStream(file);
                in = gzip ? gzip(plain) : plain;
                return true;
            } catch (IOException e) {
                trouble.accept(file + " cannot be read and is left out: " + words(e));
            }
        }
        return false;
    }

    private static InputStream gzip(InputStream plain) throws IOException {
        try {
            return new GZIPInputStream(plain, CHUNK / 2);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** Finds the next line of the file; false at its end. */
    private boolean cut() {
        long skipped = 0;
        while (true) {
            int at = lineEndFrom(scan);
            if (at >= 0) {
                int from = start;
                start = at + 1;
                scan = start;
                count();
                if (skipped + at - from > LONGEST) {
                    tooLong(skipped + at - from);
                    skipped = 0;
                    continue;
                }
                line(from, at, true);
                return true;
            }
            scan = end;
            if (skipped > 0 || end - start > LONGEST) {
                skipped += end - start;
                start = 0;
                end = 0;
                scan = 0;
            }
            if (!read()) {
                return lastLine(skipped);
            }
        }
    }

    private boolean lastLine(long skipped) {
        if (skipped + end - start == 0) {
            return false;
        }
        count();
        int from = start;
        int to = end;
        start = end;
        scan = end;
        if (skipped + to - from > LONGEST) {
            tooLong(skipped + to - from);
            return false;
        }
        line(from, to, false);
        return true;
    }

    private void count() {
        number++;
        lines++;
        inFile = true;
    }

    private void tooLong(long length) {
        tooLong++;
        trouble.accept(place() + " has " + length + " bytes, must be at most 1 MiB; the line is left out");
    }

    private void line(int from, int to, boolean hasEnd) {
        lineStart = from;
        lineEnd = to;
        while (lineEnd > lineStart && buffer[lineEnd - 1] == '\r') {
            lineEnd--;
        }
        whole = hasEnd;
    }

    private boolean blank() {
        for (int i = lineStart; i < lineEnd; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private int lineEndFrom(int from) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Reads more of the file; false at its end, or where it breaks off. */
    private boolean read() {
        if (read) {
            return false;
        }
        if (end == buffer.length) {
            makeRoom();
        }
        try {
            int count = in.read(buffer, end, buffer.length - end);
            if (count > 0) {
                end += count;
            }
            read = count < 0;
            return !read;
        } catch (EOFException e) {
            trouble.accept(file + " is cut off behind line " + number + ": the file ends inside its packed data");
        } catch (IOException e) {
            trouble.accept(file + " cannot be read behind line " + number + ": " + words(e));
        }
        // What was read of the line that it breaks off in is of no use, and told with it.
        read = true;
        end = start;
        scan = start;
        return false;
    }

    private void makeRoom() {
        int length = end - start;
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, length);
        } else {
            buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, LONGEST + CHUNK));
        }
        scan -= start;
        start = 0;
        end = length;
    }

    private void leave() {
        if (!inFile) {
            trouble.accept(file + " is empty");
        }
        close();
    }

    @Override
    public void close() {
        InputStream open = in;
        in = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                trouble.accept(file + " cannot be closed: " + words(e));
            }
        }
    }

    private static String words(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
