package dev.livefeed.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The sink sql with PostgreSQL. */
class SqlSinkTest extends SinkScenarios {

    /** Sends a trade, and the same trade again with another price. */
    private static final String TWO_PRICES =
            """
            - route:
                id: two-prices
                from:
                  uri: timer:two-prices
                  parameters: {repeatCount: 2, period: 100, includeMetadata: true}
                  steps:
                    - setHeader: {name: type, constant: trade}
                    - setBody:
                        simple: >-
                          {"type":"trade","timestamp":1795564800000,"symbol":"BTCUSDT","category":"linear",
                          "price":${exchangeProperty.CamelTimerCounter},"qty":1,"side":"buy","id":"twice"}
                    - convertBodyTo: {type: String}
                    - to: buffer:sinks
            """;

    @Override
    SinkServer server(Path folder) throws Exception {
        return new PostgresServer(folder, null);
    }

    @Override
    SecureServer secure(Path folder, TlsFiles tls) throws Exception {
        return new PostgresServer(folder, tls);
    }

    /** Sooner than after a minute. */
    @Override
    @Test
    void aServerThatAnswersNothingIsTriedAgainAndLosesNothing() throws Exception {
        application.with("SINK_SQL_URL", server.settings().get("SINK_SQL_URL") + "?socketTimeout=5");
        super.aServerThatAnswersNothingIsTriedAgainAndLosesNothing();
    }

    private static String text(Statement statement, String query) throws Exception {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    @Test
    void aUserWhoMayOnlyInsertWritesAndWhatIsRefusedIsKept() throws Exception {
        server.process().start();
        Path own = installed.resolve("routes/two-prices.camel.yaml");
        try (Connection connection = ((PostgresServer) server).connect();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(installed.resolve("routes/sinks/sql.tables.sql")));
            statement.execute("alter table trades add constraint no_round_id check (trade_id not like '%00')");
            statement.execute("create role writer login password '" + PostgresServer.PASSWORD + "'");
            statement.execute("grant select, insert on trades, depth, events, refused to writer");
            Files.writeString(own, TWO_PRICES);
            application
                    .with("SINK_SQL_USER", "writer")
                    .with("SINK_TYPES", "trade")
                    .start(500);
            application.await("refused rows", 120, sink -> sink.path("refused").asLong() >= 5);
            application.endOfFeed();
            long delivered = application
                    .await("an empty buffer", 60, sink -> sink.path("waiting").asLong(-1) == 0)
                    .path("delivered")
                    .asLong();
            long refused = application.sink().path("refused").asLong();
            application.stop();

            assertThat(text(
                            statement,
                            "select count(*) from refused where line like '%00\",%' and reason like "
                                    + "'%violates check constraint \"no_round_id\"%'"))
                    .isEqualTo(Long.toString(refused));
            assertThat(text(statement, "select count(*) from trades"))
                    .isEqualTo(Long.toString(delivered - refused - 1));
            assertThat(text(statement, "select price from trades where trade_id = 'twice'"))
                    .isEqualTo("1");
            assertThat(text(statement, "select event->>'price' from events where type = 'trade'"))
                    .isEqualTo("2");
            assertThat(application.logLines(" sink_refused sink=sql ")).hasSizeBetween(1, 3);
            assertThat(application.logLines(" sink_failing |^\\s+at |" + PostgresServer.PASSWORD))
                    .isEmpty();
        } finally {
            Files.deleteIfExists(own);
        }
    }

    private void restartSessions(Statement statement) throws Exception {
        statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'livefeed'");
    }

    @Test
    void aMissingColumnAndAReadOnlyDatabaseAreRetriedAndADroppedTableIsCreatedAgain() throws Exception {
        server.process().start();
        application.start(500);
        awaitMore("delivered", 500);
        try (Connection connection = ((PostgresServer) server).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("alter table trades rename column price to cost");
            application.awaitFailure("column \"price\" of relation \"trades\" does not exist");
            statement.execute("alter table trades rename column cost to price");
            awaitMore("delivered", 1_000);

            statement.execute("alter role livefeed set default_transaction_read_only = on");
            restartSessions(statement);
            application.awaitFailure("cannot execute INSERT in a read-only transaction");
            statement.execute("alter role livefeed reset default_transaction_read_only");
            restartSessions(statement);
            awaitMore("delivered", 1_000);
            assertThat(check().announced()).isZero();

            application.start(500);
            awaitMore("delivered", 500);
            statement.execute("drop table trades");
            awaitMore("delivered", 1_000);
            assertThat(Integer.parseInt(text(statement, "select count(*) from trades")))
                    .isPositive();
        }
    }
}
