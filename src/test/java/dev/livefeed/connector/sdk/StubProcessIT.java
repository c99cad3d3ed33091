package dev.livefeed.connector.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Statuses;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Unsubscribed;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stub connector as a process, and the behaviour common to all connector processes. */
class StubProcessIT {

    /** Limit of the protocol. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private ConnectorChild stub;

    @BeforeEach
    void start() throws Exception {
        stub = ConnectorChild.start(Map.of(), "stub");
        stub.awaitStatus(ConnectionUp.STATUS);
    }

    @AfterEach
    void end() {
        stub.close();
    }

    @Test
    void startsWithoutSubscriptionsAndHandlesCommands() throws Exception {
        stub.subscribe("trades", "BTCUSDT", "c-1");
        stub.subscribe("depth", "ETHUSDT", "c-2");
        await().atMost(ConnectorChild.TIMEOUT)
                .until(() -> stub.events(Trade.class).size() > 40
                        && stub.events(Depth.class).size() > 20);

        assertThat(stub.events().get(0))
                .isEqualTo(Statuses.with(Statuses.of(ConnectionUp.STATUS, "stub"), "synthetic", true));
        assertThat(stub.statuses(Subscribed.STATUS)).extracting(Status::id).containsExactly("c-1", "c-2");
        List<Trade> trades = stub.events(Trade.class);
        assertThat(trades).allMatch(t -> t.symbol().equals("BTCUSDT") && t.synthetic());
        assertThat(trades).extracting(Trade::id).doesNotHaveDuplicates();
        assertThat(trades)
                .allMatch(t -> t.price().subtract(new BigDecimal(60_000)).abs().intValue() <= 600);
        assertThat(stub.events(Depth.class))
                .allMatch(d -> d.symbol().equals("ETHUSDT")
                        && d.synthetic()
                        && d.snapshot()
                        && d.bids().size() == 3
                        && d.asks().size() == 3
                        && d.bids().price(0).compareTo(d.asks().price(0)) < 0);

        stub.send("{\"command\":\"unsubscribe\",\"channel\":\"trades\",\"symbol\":\"BTCUSDT\",\"id\":\"c-3\"}");
        stub.awaitStatus(Unsubscribed.STATUS);
        int until = stub.events().indexOf(stub.statuses(Unsubscribed.STATUS).get(0));
        int depths = stub.events(Depth.class).size();
        await().atMost(ConnectorChild.TIMEOUT)
                .until(() -> stub.events(Depth.class).size() > depths + 10);
        assertThat(stub.events().subList(until, stub.events().size())).noneMatch(Trade.class::isInstance);
        assertThat(stub.invalid()).isEmpty();
    }

    @Test
    void historyAndCommandsToAReplayAreUnsupported() throws Exception {
        stub.send("{\"command\":\"history\",\"channel\":\"kline.1m\",\"symbol\":\"BTCUSDT\",\"from\":1,\"to\":2,"
                + "\"id\":\"h-1\"}");
        await().atMost(ConnectorChild.TIMEOUT).until(() -> !stub.failures().isEmpty());

        assertThat(stub.failures())
                .containsExactly(new Failure(
                        "the connector stub has no history", Failure.UNSUPPORTED, "BTCUSDT", "kline.1m", "h-1", false));

        stub.send("{\"command\":\"pause\",\"id\":\"r-1\"}");
        await().atMost(ConnectorChild.TIMEOUT).until(() -> stub.failures().size() == 2);
        assertThat(stub.failures().get(1))
                .isEqualTo(new Failure(
                        "the connector stub plays no recording", Failure.UNSUPPORTED, null, null, "r-1", false));
    }

    @Test
    void invalidCommandsAreAnsweredAndHaveNoEffect() throws Exception {
        List<String> bad = List.of(
                "{bad",
                "[1,2]",
                "42",
                "{\"command\":\"dance\",\"id\":\"b-1\"}",
                "{\"command\":\"subscribe\",\"symbol\":\"BTCUSDT\",\"id\":\"b-2\"}",
                "{\"command\":\"subscribe\",\"channel\":\"trades\",\"symbol\":\"B TC\",\"id\":\"b-3\"}",
                "{\"command\":\"subscribe\",\"channel\":\"candles\",\"symbol\":\"BTCUSDT\",\"id\":\"b-4\"}",
                "{\"command\":{\"a\":1}}",
                "{\"command\":\"subscribe\",\"channel\":\"trades\",\"symbol\":\"" + "x".repeat(70_000) + "\"}",
                "[".repeat(60_000));
        for (String line : bad) {
            stub.send(line);
        }
        stub.send("\r");
        stub.send("");
        stub.send("{\"command\":\"ping\",\"id\":12,\"unknown\":{\"a\":[1]}}\r");
        stub.awaitEvent(e -> e instanceof Status s && "12".equals(s.id()));

        assertThat(stub.failures()).hasSize(bad.size());
        assertThat(stub.failures()).extracting(Failure::id).contains("b-1", "b-2", "b-3", "b-4");
        assertThat(stub.failures().get(8).error()).contains("longer than 65536 bytes");
        assertThat(stub.statuses(Heartbeat.STATUS))
                .filteredOn(s -> "12".equals(s.id()))
                .hasSize(1);
    }

    @Test
    void heartbeatsAreSentWithoutData() {
        await().atMost(Duration.ofSeconds(8))
                .until(() -> stub.statuses(Heartbeat.STATUS).size() >= 3);
        assertThat(stub.events(Trade.class)).isEmpty();
    }

    @Test
    void stopFlushesAndExitsWithZero() throws Exception {
        stub.subscribe("trades", "BTCUSDT", "c-1");
        stub.awaitEvent(Trade.class::isInstance);

        stub.send("{\"command\":\"stop\"}");

        assertThat(stub.awaitExit(STOP_LIMIT)).isZero();
        assertThat(stub.invalid()).isEmpty();
    }

    @Test
    void endOfCommandsStops() throws Exception {
        stub.endCommands();

        assertThat(stub.awaitExit(STOP_LIMIT)).isZero();
    }

    @Test
    void sigtermStops() throws Exception {
        stub.process().toHandle().destroy(); // Process.destroy would close its stdin first

        assertThat(stub.awaitExit(STOP_LIMIT)).isEqualTo(143);
        assertThat(stub.invalid()).isEmpty();
    }

    @Test
    void closedOutputEndsTheProcess() throws Exception {
        stub.subscribe("trades", "BTCUSDT", "c-1");
        stub.awaitEvent(Trade.class::isInstance);

        stub.dropEvents();

        assertThat(stub.awaitExit(STOP_LIMIT)).isEqualTo(ExitCode.OUTPUT_LOST);
        assertThat(stub.stderr()).anyMatch(line -> line.contains("stdout_failed"));
    }

    @Test
    void stopsWithoutAReader() throws Exception {
        try (ConnectorChild unread = ConnectorChild.startUnread(Map.of(), "stub")) {
            for (int i = 0; i < 100; i++) {
                unread.subscribe("trades", "S" + i, "c-" + i);
                unread.subscribe("depth", "S" + i, "c-" + i);
            }
            // 100 symbols fill the pipe of 64 KiB within a fraction of a second.
            await().pollDelay(Duration.ofSeconds(1))
                    .until(() -> unread.process().isAlive());

            unread.send("{\"command\":\"stop\"}");

            assertThat(unread.awaitExit(STOP_LIMIT)).isZero();
        }
    }
}
