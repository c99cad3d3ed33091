package dev.livefeed.app.sink.questdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.livefeed.app.sink.DiskLimits;
import dev.livefeed.app.sink.LineBatch;
import dev.livefeed.app.sink.MadeBatch;
import dev.livefeed.app.sink.SinkBuffers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What QuestDB is sent, and what its answers mean. */
class QuestDbTablesTest {

    private static final String TRADE =
            "{\"type\":\"trade\",\"timestamp\":1795564800000.123,\"symbol\":\"币 A\",\"category\":\"linear\","
                    + "\"price\":61234.50,\"qty\":0.000000010,\"side\":\"buy\",\"id\":\"%s\",\"seq\":5,\"late\":true,"
                    + "\"received_at\":1795564800000456}";
    private static final String ROW = "trades,venue=bybit,category=linear,symbol=币\\ A,side=buy trade_id=\"%s\","
            + "price=61234.50d,size=0.000000010d,received_time=1795564800000456t,exchange_sequence=5i,block_trade=f,"
            + "rpi=f,"
            + "repaired=f,late=t,history=f,synthetic=f,run=7i,sequence=%di 1795564800000123\n";

    @TempDir
    private Path folder;

    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final List<String> rows = new CopyOnWriteArrayList<>();
    private volatile String authorization;
    private volatile int status = 204;
    private volatile boolean otherRefused;
    private HttpServer server;
    private SinkBuffers buffers;
    private QuestDbTables tables;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/exec", exchange -> {
            String query = exchange.getRequestURI().getRawQuery().replaceFirst("query=", "");
            queries.add(URLDecoder.decode(query, StandardCharsets.UTF_8));
            answer(exchange, 200, "{\"ddl\":\"OK\"}");
        });
        server.createContext("/write", exchange -> {
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (status != 204) {
                answer(exchange, status, "down for now");
            } else if (body.contains("trade_id=\"bad") || otherRefused && body.startsWith("refused,")) {
                answer(exchange, 400, "{\"message\":\"loss of precision\"}");
            } else {
                rows.add(exchange.getRequestURI().getQuery() + ' ' + body);
                answer(exchange, 204, "");
            }
        });
        server.start();
        buffers = new SinkBuffers(folder, DiskLimits.ofMegabytes(1, 0));
        buffers.buffer("questdb", Set.of("trade"));
        tables = new QuestDbTables(
                "bybit", "http://127.0.0.1:" + server.getAddress().getPort() + "/", "Basic dTpw", buffers);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        buffers.close();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void linesBecomeRowsOfTablesThatWereCreatedBefore() throws Exception {
        String depth = "{\"type\":\"depth\",\"timestamp\":1795564800001,\"symbol\":\"B\",\"snapshot\":false,"
                + "\"last_update_id\":9,\"prev_update_id\":8,\"bids\":[[61234.50,0]],\"asks\":[]}";
        String status = "{\"type\":\"status\",\"status\":\"gap\",\"reason\":\"a \\\"b\\\\c\\\"\"}";
        tables.append(MadeBatch.of("questdb", 3, TRADE.formatted("a\\\"\\n"), depth, status));

        assertThat(queries).hasSize(4).allMatch(query -> query.matches("(?s)create table if not exists \\w+ \\(.*\\)"));
        assertThat(rows)
                .containsExactly("precision=u "
                        + ROW.formatted("a\\\"\\\n", 3)
                        + "depth,venue=bybit,symbol=B snapshot=f,last_update_id=9i,prev_update_id=8i,"
                        + "bids=\"[[61234.50,0]]\",asks=\"[]\",synthetic=f,run=7i,sequence=4i 1795564800001000\n"
                        + "events,venue=bybit,type=status event=\"" + status.replaceAll("([\"\\\\])", "\\\\$1")
                        + "\",run=7i,sequence=5i 1795564800000000\n");
        assertThat(authorization).isEqualTo("Basic dTpw");
        tables.append(MadeBatch.of("questdb", 6, depth));
        assertThat(queries).as("the tables are known").hasSize(4);
    }

    @Test
    void aRefusedLineIsKeptAndAnOutageIsRetried() throws Exception {
        status = 503;
        assertThatThrownBy(() -> tables.append(MadeBatch.of("questdb", 1, TRADE.formatted("1"))))
                .hasMessage("QuestDB answers 503: down for now");
        status = 204;
        tables.append(MadeBatch.of(
                "questdb", 1, TRADE.formatted("1"), TRADE.formatted("bad2"), TRADE.formatted("3"), "no JSON"));

        assertThat(queries).as("the tables are looked after again").hasSize(8);
        assertThat(String.join("", rows))
                .containsSubsequence(
                        "trade_id=\"1\"", "refused,venue=bybit", "bad2", "trade_id=\"3\"", "line=\"no JSON\"");
        assertThat(buffers.views().get(0).counters().refused()).isEqualTo(2);
    }

    @Test
    void aRefusedLineThatTheTableOfRefusedLinesRefusesTooDoesNotBlock() throws Exception {
        otherRefused = true;
        tables.append(MadeBatch.of("questdb", 1, TRADE.formatted("bad1"), TRADE.formatted("2")));
        assertThat(rows).hasSize(1).allMatch(row -> row.contains("trade_id=\"2\""));
        assertThat(Files.readAllLines(folder.resolve("questdb/refused.ndjson")))
                .hasSize(1)
                .allMatch(line -> line.contains("bad1"));
        assertThat(buffers.views().get(0).failures().refusal())
                .contains("refused.ndjson in the folder of the buffer, as the table refused refuses it: QuestDB answers"
                        + " 400");
    }

    @Test
    void aRefusedLineThatComesAgainIsCountedOnce() throws Exception {
        LineBatch batch = MadeBatch.of("questdb", 1, TRADE.formatted("bad1"), TRADE.formatted("2"));
        tables.append(batch);
        tables.append(batch);
        assertThat(buffers.views().get(0).counters().refused()).isEqualTo(1);
    }

    @Test
    void aRefusedLineOfSeveralSourcesHasItsVenue() throws Exception {
        tables = new QuestDbTables(
                null, "http://127.0.0.1:" + server.getAddress().getPort(), null, buffers);
        String bad =
                TRADE.formatted("bad1").replace("{\"type\":\"trade\"", "{\"type\":\"trade\",\"venue\":\"binance\"");
        tables.append(MadeBatch.of("questdb", 1, bad, "no JSON"));
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).contains("refused,venue=binance ");
        assertThat(rows.get(1)).contains("refused,venue=_ ");
    }
}
