package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forty connections and a venue that takes none for a while. */
class HostOutageTest {

    private static final int LINKS = 40;

    @TempDir
    private Path folder;

    private FeedHarness feed;
    private int handled;

    /** How the venue answers an attempt while it is down. */
    private enum Fault {
        REJECTED,
        REFUSED,
        OPENED_AND_CLOSED,
        SILENT
    }

    @ParameterizedTest
    @ValueSource(strings = {"REJECTED", "REFUSED", "OPENED_AND_CLOSED"})
    void oneTriesForAllAndAllAreBackWithinSeconds(String fault) throws Exception {
        start("{\"topics_per_connection\": 2}");
        run(Duration.ofSeconds(70), link -> fail(Fault.valueOf(fault), link));
        assertThat(attempts()).isBetween(10, 30);

        run(Duration.ofSeconds(10), this::accept);
        assertThat(open()).isEqualTo(LINKS);
        assertThat(attempts()).isLessThan(90);
    }

    @Test
    void silentVenueIsNotFloodedEither() throws Exception {
        start("{\"topics_per_connection\": 2}");
        run(Duration.ofSeconds(70), link -> fail(Fault.SILENT, link));
        assertThat(attempts()).isLessThan(40);

        run(Duration.ofSeconds(25), this::accept);
        assertThat(open()).isEqualTo(LINKS);
    }

    @Test
    void connectionsThatAreLostTogetherAreBackTogether() throws Exception {
        start("{\"topics_per_connection\": 2}");
        run(Duration.ofSeconds(10), this::accept);
        assertThat(open()).isEqualTo(LINKS);
        int before = attempts();

        for (int link : feed.network.links.toArray(Integer[]::new)) {
            feed.feed.closed(link, "the connection was closed", 0);
        }
        run(Duration.ofSeconds(60), link -> fail(Fault.REJECTED, link));
        assertThat(open()).isZero();
        assertThat(attempts() - before).isBetween(10, 30);
        run(Duration.ofSeconds(10), this::accept);
        assertThat(open()).isEqualTo(LINKS);
    }

    @Test
    void longOutageUsesNoMoreThanHalfOfTheBudget() throws Exception {
        start("{\"topics_per_connection\": 2, \"connect_budget\": 100}");
        run(Duration.ofMinutes(15), link -> fail(Fault.REJECTED, link));
        assertThat(recent()).isLessThanOrEqualTo(55);

        run(Duration.ofSeconds(16), this::accept);
        assertThat(open()).isEqualTo(LINKS);
    }

    @Test
    void connectionsThatWorkAreNotAffected() throws Exception {
        start("{\"topics_per_connection\": 2}");
        run(Duration.ofSeconds(10), this::accept);
        Integer[] links = feed.network.links.toArray(Integer[]::new);
        for (int i = 0; i < 20; i++) {
            feed.feed.closed(links[links.length - 1 - i], "the connection was closed", 0);
        }
        run(Duration.ofSeconds(30), link -> fail(Fault.REJECTED, link));
        assertThat(open()).isEqualTo(LINKS - 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void pathThatIsRefusedDelaysNoOtherAndIsTriedByOne(int status) throws Exception {
        start("{\"topics_per_connection\": 2}");
        feed.command(IntStream.range(0, LINKS)
                .mapToObj(i -> new Command(Kind.SUBSCRIBE, "trades", "S" + i + "USDT", "spot", "s-" + i))
                .toArray(Command[]::new));
        run(
                Duration.ofSeconds(70),
                link -> acceptAllBut("spot", link, () -> feed.feed.closed(link, "refused", status)));

        assertThat(open()).isEqualTo(LINKS);
        assertThat(attempts("spot")).isBetween(10, 30);
        run(Duration.ofSeconds(10), this::accept);
        assertThat(open()).isEqualTo(2 * LINKS);
    }

    @Test
    void aPathThatDoesNotExistEndsNoOutageOfTheHost() throws Exception {
        start("{\"topics_per_connection\": 2}");
        feed.command(IntStream.range(0, LINKS)
                .mapToObj(i -> new Command(Kind.SUBSCRIBE, "trades", "S" + i + "USDT", "spot", "s-" + i))
                .toArray(Command[]::new));
        run(
                Duration.ofSeconds(70),
                link -> feed.feed.closed(link, "refused", path(link).contains("spot") ? 404 : 503));

        assertThat(open()).isZero();
        assertThat(attempts()).as("one at a time").isLessThan(2 * LINKS + 30);
        run(Duration.ofSeconds(12), this::accept);
        assertThat(open()).isEqualTo(2 * LINKS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 403, 404, 503})
    void announcementsThatAreRefusedDelayNoMarketData(int status) throws Exception {
        feed = new FeedHarness();
        feed.feed.start();
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-0");
        feed.command(Kind.SUBSCRIBE, "system", "BTCUSDT", "c-1");
        run(
                Duration.ofSeconds(30),
                link -> acceptAllBut("misc", link, () -> feed.feed.closed(link, "refused", status)));
        feed.feed.closed(feed.network.links.get(0), "the connection was closed", 0);
        feed.command(new Command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "spot", "c-2"));
        int before = attempts("misc");
        run(Duration.ofSeconds(5), link -> acceptAllBut("misc", link, () -> feed.feed.closed(link, "refused", status)));

        assertThat(open()).isEqualTo(2);
        assertThat(before).isPositive();
    }

    @Test
    void announcementsAreOpenWhileMarketDataIsRefused() throws Exception {
        start("{\"topics_per_connection\": 2}");
        run(Duration.ofSeconds(30), link -> acceptAllBut("linear", link, () -> fail(Fault.REJECTED, link)));
        feed.command(Kind.SUBSCRIBE, "system", "BTCUSDT", "c-1");
        run(Duration.ofSeconds(2), link -> acceptAllBut("linear", link, () -> fail(Fault.REJECTED, link)));

        assertThat(attempts("misc")).isEqualTo(1);
        assertThat(open()).isZero();
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::channel)
                .containsExactly("system");
        int before = attempts();
        run(Duration.ofSeconds(60), link -> acceptAllBut("linear", link, () -> fail(Fault.REJECTED, link)));
        assertThat(attempts() - before)
                .as("its connection does not end the outage")
                .isLessThan(20);
    }

    private void acceptAllBut(String part, int link, Runnable otherwise) {
        if (path(link).contains(part)) {
            otherwise.run();
        } else {
            accept(link);
        }
    }

    private String path(int link) {
        return feed.network.opened.get(feed.network.links.indexOf(link)).getPath();
    }

    private int attempts(String part) {
        return (int) feed.network.links.stream()
                .filter(link -> path(link).contains(part))
                .count();
    }

    private void start(String config) throws Exception {
        Path file = Files.writeString(folder.resolve("config.json"), config);
        feed = new FeedHarness("BYBIT_CONNECTOR_CONFIG_FILE", file.toString());
        feed.feed.start();
        feed.command(IntStream.range(0, LINKS)
                .mapToObj(i -> new Command(Kind.SUBSCRIBE, "trades", "S" + i + "USDT", null, "c-" + i))
                .toArray(Command[]::new));
    }

    private void run(Duration duration, IntConsumer venue) {
        long end = feed.time.nanos() + duration.toNanos();
        while (feed.time.nanos() < end) {
            while (handled < feed.network.links.size()) {
                venue.accept(feed.network.links.get(handled++));
            }
            feed.pass(Duration.ofMillis(50));
            feed.network.sentBy().forEach(one -> feed.accept(one.link(), one.text()));
        }
    }

    private void accept(int link) {
        feed.feed.opened(link, false);
    }

    private void fail(Fault fault, int link) {
        switch (fault) {
            case REJECTED -> feed.feed.closed(link, "the WebSocket handshake was answered with 503", 503);
            case REFUSED -> feed.feed.closed(link, "cannot connect to venue: Connection refused", 0);
            case OPENED_AND_CLOSED -> {
                feed.feed.opened(link, false);
                feed.feed.closed(link, "closed by the other side with 1013", 0);
            }
            case SILENT -> {}
        }
    }

    private int attempts() {
        return feed.network.links.size();
    }

    private int open() {
        return (int) feed.feed.figures().get("connections_open");
    }

    private int recent() {
        return (int) feed.feed.figures().get("connects_in_5_minutes");
    }
}
