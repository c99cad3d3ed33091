package dev.livefeed.app.backfill;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers {@code kline} with candles derived from their minute, and refuses everything else. */
final class CandleServer implements AutoCloseable {

    private static final Pattern KLINE = Pattern.compile(".*/kline\\?.*interval=(1|D)&start=(\\d+)&end=(\\d+).*");
    private static final long MINUTE = 60_000;

    private final HttpServer server;
    private final LongSupplier nowMillis;

    CandleServer(LongSupplier nowMillis) throws IOException {
        this.nowMillis = nowMillis;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = answer(exchange.getRequestURI().toString()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Volume of the candle with that start. */
    static BigDecimal volume(long startMillis) {
        return BigDecimal.valueOf(1 + startMillis / MINUTE % 7);
    }

    private String answer(String request) {
        Matcher kline = KLINE.matcher(request);
        if (!kline.matches()) {
            return "{\"retCode\":10001,\"retMsg\":\"not here\"}";
        }
        long length = kline.group(1).equals("1") ? MINUTE : 1_440 * MINUTE;
        List<String> rows = new ArrayList<>();
        for (long at = Long.parseLong(kline.group(2)); at <= Long.parseLong(kline.group(3)); at += length) {
            String volume = volume(at).toString();
            rows.add("[\"" + at + "\",\"80000\",\"80001\",\"79999\",\"80000\",\"" + volume + "\",\"" + volume
                    + "0000\"]");
        }
        Collections.reverse(rows);
        return "{\"retCode\":0,\"result\":{\"list\":" + rows + "},\"time\":" + nowMillis.getAsLong() + "}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
