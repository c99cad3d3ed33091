package dev.livefeed.app.route.sample;

import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.UnknownStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines of a connector: each type of event, with and without its optional fields, and each status. */
final class SampleLines {

    private static final long MINUTE = 60_000;

    private SampleLines() {}

    /** What each line is, and the line. */
    static Map<String, byte[]> of(String symbol, long nowMillis) {
        Map<String, byte[]> lines = new LinkedHashMap<>();
        for (String line : resource().split("\n")) {
            int end = line.indexOf(" | ");
            lines.put(line.substring(0, end), bytes(line.substring(end + 3), symbol, nowMillis));
        }
        for (String word : words(Status.class)) {
            lines.put("status " + word, bytes(status(word, nowMillis), symbol, nowMillis));
            lines.put(
                    "status " + word + " without fields",
                    bytes("{\"type\":\"status\",\"status\":\"" + word + "\"}", symbol, nowMillis));
        }
        return lines;
    }

    private static String status(String word, long nowMillis) {
        String from = Instant.ofEpochMilli(nowMillis - MINUTE).toString();
        return ("{'type':'status','status':'" + word + "','connector':'sample','symbol':'{symbol}','channel':'trades',"
                        + "'id':'sub-1','reason':'a sample','from':'" + from + "','to':'"
                        + Instant.ofEpochMilli(nowMillis)
                        + "','count':3,'levels':50,'open':1,'connections':1,'retry_in_ms':500,'code':'10003',"
                        + "'clock_offset_ms':1.5,'phase':'trading','tick_size':'0.1'}")
                .replace('\'', '"');
    }

    /** The words of all statuses that the protocol knows, and one that it does not. */
    private static List<String> words(Class<?> type) {
        if (type == UnknownStatus.class) {
            return List.of("mood");
        }
        if (type.isSealed()) {
            return Arrays.stream(type.getPermittedSubclasses())
                    .flatMap(one -> words(one).stream())
                    .toList();
        }
        try {
            return List.of((String) type.getField("STATUS").get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no word", e);
        }
    }

    private static byte[] bytes(String line, String symbol, long nowMillis) {
        return line.replace("{symbol}", symbol)
                .replace("{now}", Long.toString(nowMillis))
                .replace("{past}", Long.toString(nowMillis - MINUTE))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String resource() {
        try (InputStream in = SampleLines.class.getResourceAsStream("events.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
