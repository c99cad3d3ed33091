package dev.livefeed.app.route.convert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.app.route.simple.ExactSimpleLanguage;
import dev.livefeed.app.sink.LineFields;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.EventWriter;
import dev.livefeed.protocol.codec.LineTree;
import dev.livefeed.protocol.model.Event;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of a route that want text, JSON, a file or the parameters of a statement get each event in the same form. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventValuesTest {

    private static final ObjectMapper JSON = LineTree.MAPPER;
    private static final long NOW = 1_700_000_000_123L;

    private static final String ROUTES =
            """
            - route:
                from:
                  uri: direct:text
                  steps:
                    - convertBodyTo: {type: String}
                    - process: {ref: sink}
            - route:
                from:
                  uri: direct:json
                  steps:
                    - marshal: {json: {}}
                    - convertBodyTo: {type: String}
                    - process: {ref: sink}
            - route:
                from:
                  uri: direct:pretty
                  steps:
                    - setBody: {simple: "${bodyAs(String)}"}
                    - unmarshal: {json: {}}
                    - marshal: {json: {prettyPrint: true}}
                    - convertBodyTo: {type: String}
                    - process: {ref: sink}
            - route:
                from:
                  uri: direct:key
                  steps:
                    - setBody: {simple: "${body.key}"}
                    - process: {ref: sink}
            - route:
                from:
                  uri: direct:file
                  steps:
                    - to:
                        uri: file:%s
                        parameters: {fileName: events.ndjson, fileExist: Append, appendChars: "\\\\n"}
            - route:
                from:
                  uri: direct:trade
                  steps:
                    - to:
                        uri: "sql:insert into trades values (:#${body.id}, :#${body.timestamp}, :#${body.side}, \
            :#${body.price}, :#${body})"
                        parameters: {dataSource: "#database"}
            - route:
                from:
                  uri: direct:depth
                  steps:
                    - to:
                        uri: "sql:insert into books values (:#${body.timestamp}, :#${body.bids})"
                        parameters: {dataSource: "#database"}
            - route:
                from:
                  uri: direct:fields
                  steps:
                    - to:
                        uri: "sql:insert into trades values (:#id, :#timestamp, :#side, :#price, :#${body})"
                        parameters: {dataSource: "#database"}
            """;

    @TempDir
    private static Path folder;

    private final List<String> got = new CopyOnWriteArrayList<>();
    private final JdbcDataSource database = new JdbcDataSource();
    private DefaultCamelContext context;

    @BeforeAll
    void start() throws Exception {
        database.setURL("jdbc:h2:mem:events;DB_CLOSE_DELAY=-1");
        execute("create table trades (id text, ts timestamp(6) with time zone, side text, price numeric(40, 20), line "
                + "text)");
        execute("create table books (ts timestamp(6) with time zone, bids text)");
        context = new DefaultCamelContext();
        context.disableJMX();
        context.getRegistry().bind("database", database);
        context.getRegistry().bind(ExactSimpleLanguage.NAME, new ExactSimpleLanguage());
        context.getRegistry().bind("sink", (Processor)
                exchange -> got.add(exchange.getMessage().getBody(String.class)));
        EventValues.in(context);
        context.start();
        RoutesLoader loader = PluginHelper.getRoutesLoader(context);
        loader.loadRoutes(ResourceHelper.fromString("routes.yaml", ROUTES.formatted(folder)));
    }

    @AfterAll
    void stop() throws Exception {
        context.close();
        execute("shutdown");
    }

    @BeforeEach
    void clear() {
        got.clear();
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void send(String route, Object body) {
        context.createProducerTemplate().sendBody("direct:" + route, body);
    }

    /** The lines that routes are tried with: each type of event, with and without its optional fields. */
    static Stream<Event> events() throws Exception {
        EventReader reader = new EventReader(List.of("BTCUSDT"), false, () -> NOW * 1_000);
        List<Event> events = new ArrayList<>();
        try (Stream<String> lines =
                Files.lines(Path.of("src/main/resources/dev/livefeed/app/route/sample/events.txt"))) {
            for (String line : lines.toList()) {
                events.add(reader.read(line.substring(line.indexOf(" | ") + 3)
                        .replace("{symbol}", "BTCUSDT")
                        .replace("{now}", Long.toString(NOW))
                        .replace("{past}", Long.toString(NOW - 60_000))
                        .getBytes(StandardCharsets.UTF_8)));
            }
        }
        for (String status : List.of(
                "{\"type\":\"status\",\"status\":\"gap\",\"symbol\":\"BTCUSDT\",\"channel\":\"trades\",\"category\":"
                        + "\"linear\",\"from\":\"2023-11-14T22:13:20Z\",\"to\":\"2023-11-14T22:13:21Z\",\"count\":3}",
                "{\"type\":\"status\",\"status\":\"heartbeat\"}",
                "{\"type\":\"status\",\"status\":\"mood\",\"how\":{\"much\":1.50}}")) {
            events.add(reader.read(status.getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(events.stream().map(Event::type)).contains("trade", "depth", "kline", "wallet", "status", "error");
        return events.stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void isTheLineOfTheProtocolInEachForm(Event event) throws Exception {
        String line = EventWriter.text(event);
        LineFields fields = LineFields.of(line.getBytes(StandardCharsets.UTF_8));

        send("text", event);
        send("json", event);
        send("text", fields);
        send("json", fields);
        send("pretty", event);

        assertThat(got.subList(0, 2)).containsOnly(line);
        assertThat(got).hasSize(5).allSatisfy(text -> assertThat(numbersAsDecimals(text))
                .isEqualTo(numbersAsDecimals(line)));
        assertThat(got.get(2)).as("exact, in the order of the line").isEqualTo(line);
    }

    @ParameterizedTest
    @MethodSource("events")
    void hasAKey(Event event) throws Exception {
        send("key", event);
        send("key", LineFields.of(EventWriter.text(event).getBytes(StandardCharsets.UTF_8)));

        String category = event.category() == null ? "" : event.category() + ":";
        String expected = event.symbol() == null ? event.type() : category + event.symbol();
        assertThat(got).containsExactly(expected, expected);
    }

    @Test
    void eventsInsideOtherValues() throws Exception {
        Event trade = events().findFirst().orElseThrow();
        Map<String, Object> body = new HashMap<>(Map.of("event", trade, "at", Instant.EPOCH));

        send("json", body);

        JsonNode json = JSON.readTree(got.get(0));
        assertThat(json.path("event")).isEqualTo(JSON.readTree(EventWriter.text(trade)));
        assertThat(json.path("at").asText()).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void filesTakeEventsOfEachType() throws Exception {
        List<Event> events = events().toList();

        events.forEach(event -> send("file", event));

        assertThat(Files.readString(folder.resolve("events.ndjson")).strip().split("\n"))
                .containsExactlyElementsOf(
                        events.stream().map(EventWriter::text).toList());
    }

    @Test
    void statementsTakeTimesSidesAndDecimals() throws Exception {
        Event trade = events().filter(event -> event.type().equals("trade"))
                .findFirst()
                .orElseThrow();
        LineFields fields = LineFields.of(EventWriter.text(trade).getBytes(StandardCharsets.UTF_8));

        send("trade", trade);
        send("fields", fields);

        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from trades")) {
            for (int i = 0; i < 2; i++) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("id")).isEqualTo("7");
                assertThat(rows.getObject("ts", Timestamp.class).toInstant()).isEqualTo(Instant.ofEpochMilli(NOW));
                assertThat(rows.getString("side")).isEqualTo("buy");
                assertThat(rows.getBigDecimal("price")).isEqualByComparingTo(new BigDecimal("50000.5"));
                assertThat(rows.getString("line")).isEqualTo(EventWriter.text(trade));
            }
        }
    }

    @Test
    void statementsTakeLevels() throws Exception {
        Event depth = events().filter(event -> event.type().equals("depth"))
                .findFirst()
                .orElseThrow();
        send("depth", depth);

        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select bids from books")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1))
                    .isEqualTo(
                            JSON.readTree(EventWriter.text(depth)).path("bids").toString())
                    .isEqualTo("[[49999.5,1],[49999,2]]");
        }
    }

    /** A number's digits, not its Java type, make it equal. */
    private static JsonNode numbersAsDecimals(String text) throws Exception {
        return JSON.readTree(text.replaceAll("\\s", ""));
    }
}
