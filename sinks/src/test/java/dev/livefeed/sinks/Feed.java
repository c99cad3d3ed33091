package dev.livefeed.sinks;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A connector: trades and changes of books of all instruments at a steady rate, and heartbeats, until a file named
 * {@code enough} appears; then the file {@code last} holds the last number of each stream. Ends at the end of stdin.
 */
final class Feed {

    static final String ENOUGH = "enough";
    static final String LAST = "last";

    private static final int TICK_MILLIS = 10;
    private static final String HEARTBEAT = "{\"type\":\"status\",\"status\":\"heartbeat\"}\n";

    private final long base;
    private final long[] trades = new long[Instrument.ALL.size()];
    private final long[] depths = new long[Instrument.ALL.size()];
    private final OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
    private long made;

    private Feed(long base) {
        this.base = base;
    }

    /** @param args events a second, and the number of the run from 0 on */
    public static void main(String[] args) throws Exception {
        Thread stdin = new Thread(Feed::exitAtEnd);
        stdin.setDaemon(true);
        stdin.start();
        new Feed(Long.parseLong(args[1]) * MadeEvent.RUN).run(Integer.parseInt(args[0]));
    }

    private void run(int rate) throws Exception {
        print("{\"type\":\"status\",\"status\":\"connected\"}\n");
        long begin = System.nanoTime();
        long heartbeatAt = 0;
        while (!Files.exists(Path.of(ENOUGH))) {
            long due = (System.nanoTime() - begin) / 1_000_000 * rate / 1_000;
            long most = made + Math.max(1, rate / 10); // after a pause of the machine not all at once
            while (made < Math.min(due, most)) {
                event();
            }
            if (System.nanoTime() - heartbeatAt > 200_000_000) {
                print(HEARTBEAT);
                heartbeatAt = System.nanoTime();
            }
            out.flush();
            Thread.sleep(TICK_MILLIS);
        }
        StringBuilder last = new StringBuilder();
        for (int i = 0; i < trades.length; i++) {
            last.append(base + trades[i]).append(' ').append(base + depths[i]).append('\n');
        }
        Files.writeString(Path.of(LAST + ".new"), last);
        Files.move(Path.of(LAST + ".new"), Path.of(LAST));
        while (true) {
            print(HEARTBEAT);
            out.flush();
            Thread.sleep(200);
        }
    }

    private void event() throws IOException {
        int index = (int) (made % trades.length);
        boolean depth = made / trades.length % MadeEvent.DEPTH_EACH == 0;
        made++;
        Instrument instrument = Instrument.ALL.get(index);
        long millis = System.currentTimeMillis();
        String head = "\"timestamp\":" + millis + ",\"received_at\":" + millis * 1_000 + ",\"category\":\""
                + instrument.category() + "\",\"symbol\":\"" + instrument.symbol() + "\",";
        if (depth) {
            boolean snapshot = depths[index] == 0;
            long number = base + ++depths[index];
            print("{\"type\":\"depth\"," + head + "\"snapshot\":" + snapshot + ",\"last_update_id\":" + number
                    + (snapshot ? "" : ",\"prev_update_id\":" + (number - 1)) + ",\"bids\":"
                    + MadeEvent.bids(number) + ",\"asks\":" + MadeEvent.asks(snapshot) + "}\n");
        } else {
            long number = base + ++trades[index];
            print("{\"type\":\"trade\"," + head + "\"price\":\"" + MadeEvent.price(number) + "\",\"qty\":\""
                    + MadeEvent.size(number) + "\",\"side\":\"" + MadeEvent.side(number) + "\",\"id\":\""
                    + MadeEvent.tradeId(number) + "\"}\n");
        }
    }

    private void print(String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
    }

    private static void exitAtEnd() {
        try {
            while (System.in.read() >= 0) {
                // Commands are read and not obeyed.
            }
        } catch (IOException e) {
            // Gone is gone.
        }
        Runtime.getRuntime().halt(0);
    }
}
