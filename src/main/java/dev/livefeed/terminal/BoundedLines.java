package dev.livefeed.terminal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Text of another program, whose lines must not grow without a limit in the memory of this one. */
final class BoundedLines extends FilterInputStream {

    private final int most;
    private long length;

    /** @param most bytes of a line */
    BoundedLines(InputStream in, int most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        int read = super.read(bytes, from, count);
        int last = from + read - 1;
        while (last >= from && bytes[last] != '\n') {
            last--;
        }
        length = last >= from ? from + read - 1L - last : length + Math.max(0, read);
        if (length > most) {
            throw new IOException("a line of more than " + most + " bytes");
        }
        return read;
    }
}
