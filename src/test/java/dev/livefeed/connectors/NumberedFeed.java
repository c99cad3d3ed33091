package dev.livefeed.connectors;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Trades numbered from 1 at a steady rate, prices 100 to 109 in turn, and heartbeats, until a file named {@code
 * enough} appears; then the file {@code last} holds the last number. Ends at the end of stdin.
 */
public final class NumberedFeed {

    private static final int TICK_MILLIS = 10;
    private static final String HEARTBEAT = "{\"type\":\"status\",\"status\":\"heartbeat\"}\n";

    private NumberedFeed() {}

    /** @param args trades a second */
    public static void main(String[] args) throws Exception {
        int perTick = Integer.parseInt(args[0]) * TICK_MILLIS / 1_000;
        Thread stdin = new Thread(NumberedFeed::exitAtEnd);
        stdin.setDaemon(true);
        stdin.start();
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
        print(out, "{\"type\":\"status\",\"status\":\"connected\"}\n");
        long number = 0;
        long heartbeatAt = 0;
        while (!Files.exists(Path.of("enough"))) {
            for (int i = 0; i < perTick; i++) {
                number++;
                print(
                        out,
                        "{\"type\":\"trade\",\"timestamp\":" + System.currentTimeMillis() + ",\"price\":\""
                                + (100 + number % 10) + "\",\"qty\":\"1\",\"side\":\"buy\",\"id\":" + number + "}\n");
            }
            if (System.nanoTime() - heartbeatAt > 200_000_000) {
                print(out, HEARTBEAT);
                heartbeatAt = System.nanoTime();
            }
            out.flush();
            Thread.sleep(TICK_MILLIS);
        }
        Files.writeString(Path.of("last.new"), Long.toString(number));
        Files.move(Path.of("last.new"), Path.of("last"));
        while (true) {
            print(out, HEARTBEAT);
            out.flush();
            Thread.sleep(200);
        }
    }

    private static void print(OutputStream out, String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.US_ASCII));
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
