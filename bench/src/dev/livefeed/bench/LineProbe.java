package dev.livefeed.bench;

import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.InvalidEventException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads and counts the lines of a connector process as an application would. */
final class LineProbe implements Runnable {

    private final InputStream lines;
    private final Arrivals arrivals;
    private final EventReader reader;

    LineProbe(InputStream lines, ProbeFile file, List<String> symbols) {
        this.lines = lines;
        this.arrivals = new Arrivals(new EventCount(file));
        this.reader = new EventReader(symbols, false, () -> System.currentTimeMillis() * 1_000);
    }

    @Override
    public void run() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(lines, StandardCharsets.ISO_8859_1), 1 << 17)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                arrivals.event(reader.read(line.getBytes(StandardCharsets.ISO_8859_1)));
            }
        } catch (InvalidEventException e) {
            throw new IllegalStateException("the connector printed a line that violates the protocol", e);
        } catch (IOException e) {
            // The process was ended after the measurement.
        }
    }
}
