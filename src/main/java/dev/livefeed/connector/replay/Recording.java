package dev.livefeed.connector.replay;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * The lines of a recording, file by file, plain or compressed with gzip. Only the current line is kept in memory. A
 * line of more than {@value #MAX_LINE_BYTES} bytes is skipped; it is reported, as is everything that cannot be read.
 */
final class Recording implements AutoCloseable {

    static final int MAX_LINE_BYTES = 1024 * 1024;

    private static final int CHUNK = 128 * 1024;

    private final List<Path> files;
    private final Consumer<String> onError;
    private int next;
    private Path file;
    private InputStream in;
    private byte[] buffer = new byte[CHUNK];
    private int start;
    private int end;
    /** Where to search for the next line end. */
    private int scan;

    private int lineStart;
    private int lineEnd;
    private boolean complete;
    private long number;
    private long lines;
    private long tooLong;
    private boolean fileHasLines;
    /** Whether the file has been read to its end. */
    private boolean endOfFile;

    private final long totalBytes;
    private long readBytes;

    /** @param onError receives one line for everything that cannot be read */
    Recording(List<Path> files, Consumer<String> onError) {
        this.files = files;
        this.onError = onError;
        this.totalBytes = totalBytes(files);
    }

    /**
     * Moves to the next line that is not blank.
     *
     * @return false at the end of the recording
     */
    boolean next() {
        while (in != null || open()) {
            while (nextLine()) {
                if (!blank()) {
                    return true;
                }
            }
            endFile();
        }
        return false;
    }

    /** Contains the current line at {@link #offset}; valid until the next call of {@link #next}. */
    byte[] buffer() {
        return buffer;
    }

    int offset() {
        return lineStart;
    }

    int length() {
        return lineEnd - lineStart;
    }

    /** Whether the line is terminated; otherwise it may be truncated. */
    boolean complete() {
        return complete;
    }

    /** Location of the current line for messages: file name and line number. */
    String location() {
        return file == null ? "the beginning" : file.getFileName() + ":" + number;
    }

    /** Name of the current file; null before the first. */
    String file() {
        return file == null ? null : file.getFileName().toString();
    }

    /** Lines read so far in all files, including those that were too long. */
    long lines() {
        return lines;
    }

    /** Lines skipped because they were too long. */
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
            fileHasLines = false;
            endOfFile = false;
            try {
                InputStream plain = new Counted(Files.newInputStream(file));
                in = compressed(file) ? gzip(plain) : plain;
                return true;
            } catch (IOException e) {
                onError.accept(file + " cannot be read and is skipped: " + message(e));
            }
        }
        return false;
    }

    /** Whether the file is compressed with gzip, judged by its content, not its name. */
    static boolean compressed(Path file) {
        byte[] head = RecordedFiles.head(file);
        return head.length >= 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
    }

    /** Part of the bytes of all files that has been read, 0 to 1; -1 if their size is not known. */
    double share() {
        return totalBytes <= 0 ? -1 : Math.min(1, (double) readBytes / totalBytes);
    }

    private static long totalBytes(List<Path> files) {
        long bytes = 0;
        for (Path file : files) {
            try {
                bytes += Files.size(file);
            } catch (IOException e) {
                return -1; // reported when the file is opened
            }
        }
        return bytes;
    }

    /** Counts the bytes that are read of the files. */
    private final class Counted extends FilterInputStream {

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            readBytes += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int count = super.read(to, offset, length);
            readBytes += Math.max(0, count);
            return count;
        }
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
    private boolean nextLine() {
        long skipped = 0;
        while (true) {
            int at = lineEndFrom(scan);
            if (at >= 0) {
                int from = start;
                start = at + 1;
                scan = start;
                countLine();
                if (skipped + at - from > MAX_LINE_BYTES) {
                    tooLong(skipped + at - from);
                    skipped = 0;
                    continue;
                }
                line(from, at, true);
                return true;
            }
            scan = end;
            if (skipped > 0 || end - start > MAX_LINE_BYTES) {
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
        countLine();
        int from = start;
        int to = end;
        start = end;
        scan = end;
        if (skipped + to - from > MAX_LINE_BYTES) {
            tooLong(skipped + to - from);
            return false;
        }
        line(from, to, false);
        return true;
    }

    private void countLine() {
        number++;
        lines++;
        fileHasLines = true;
    }

    private void tooLong(long length) {
        tooLong++;
        onError.accept(location() + " has " + length + " bytes, must be at most 1 MiB; the line is skipped");
    }

    private void line(int from, int to, boolean hasEnd) {
        lineStart = from;
        lineEnd = to;
        while (lineEnd > lineStart && buffer[lineEnd - 1] == '\r') {
            lineEnd--;
        }
        complete = hasEnd;
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

    /** Reads more of the file; false at its end or after a read error. */
    private boolean read() {
        if (endOfFile) {
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
            endOfFile = count < 0;
            return !endOfFile;
        } catch (EOFException e) {
            onError.accept(file + " is truncated after line " + number + ": the file ends within its compressed data");
        } catch (IOException e) {
            onError.accept(file + " cannot be read after line " + number + ": " + message(e));
        }
        // The truncated line is dropped; it is covered by the error.
        endOfFile = true;
        end = start;
        scan = start;
        return false;
    }

    private void makeRoom() {
        int length = end - start;
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, length);
        } else {
            buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, MAX_LINE_BYTES + CHUNK));
        }
        scan -= start;
        start = 0;
        end = length;
    }

    private void endFile() {
        if (!fileHasLines) {
            onError.accept(file + " is empty");
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
                onError.accept(file + " cannot be closed: " + message(e));
            }
        }
    }

    private static String message(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
