package dev.livefeed.connector.bybit.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.protocol.codec.EventWriter;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Maintenance;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Announcements come on a connection of their own, and from the list of those that were made before it. */
class MaintenanceStreamTest {

    private static final String ID = "4d95b2a0-587f-11f0-bcc9-56f28c94d6ea";

    private final FeedHarness feed = FeedHarness.open();
    private int market;
    private int announcements;

    @BeforeEach
    void subscribe() {
        market = feed.network.lastLink();
        feed.command(Kind.SUBSCRIBE, "system", "BTCUSDT", "c-1");
        announcements = feed.network.lastLink();
        feed.connect();
        feed.accept();
    }

    private String row(String id, String state, int env) {
        return "{\"id\":\"" + id + "\",\"title\":\"t06\",\"state\":\"" + state
                + "\",\"begin\":\"1751596902000\",\"end\":\"1751597011000\",\"href\":\"\",\"serviceTypes\":[2,3,4,5],"
                + "\"product\":[1,2],\"uidSuffix\":[],\"maintainType\":1,\"env\":" + env + "}";
    }

    private void announce(String... rows) {
        feed.receive(
                announcements,
                "{\"topic\":\"system.status\",\"ts\":" + feed.time.micros() / 1_000 + ",\"data\":["
                        + String.join(",", rows) + "]}");
    }

    private List<Maintenance> maintenances() {
        return feed.lines.statuses(Maintenance.STATUS).stream()
                .map(Maintenance.class::cast)
                .toList();
    }

    /** Answers the request for the list of announcements. */
    private void list(String... rows) {
        feed.pass(Duration.ofMillis(100));
        Map.Entry<Integer, URI> request = feed.network.otherRequests.entrySet().stream()
                .filter(one -> one.getValue().getPath().endsWith("/v5/system/status"))
                .findFirst()
                .orElseThrow();
        feed.network.otherRequests.remove(request.getKey());
        byte[] body = ("{\"retCode\":0,\"retMsg\":\"\",\"result\":{\"list\":[" + String.join(",", rows) + "]}}")
                .getBytes(StandardCharsets.UTF_8);
        feed.feed.answered(request.getKey(), new HttpAnswer(200, 0, body));
        feed.outbox.flush();
    }

    @Test
    void theConnectionHasThePathOfTheAnnouncementsAndIsNotCounted() {
        assertThat(announcements).isNotEqualTo(market);
        assertThat(feed.network.opened).last().hasToString("wss://stream.bybit.com/v5/public/misc/status");
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::channel)
                .containsExactly("system");
        assertThat(feed.lines.statuses(ConnectionUp.STATUS))
                .as("only the market counts")
                .isEmpty();
        assertThat(feed.feed.figures()).containsEntry("connections", 1).containsEntry("connections_open", 1);
    }

    @Test
    void anAnnouncementIsReportedOncePerChange() {
        announce(row(ID, "scheduled", 1));
        announce(row(ID, "scheduled", 1));
        announce(row(ID, "ongoing", 1), row("other", "scheduled", 2), "{\"id\":7}");

        assertThat(maintenances()).extracting(Maintenance::state).containsExactly("scheduled", "ongoing");
        Maintenance first = maintenances().get(0);
        assertThat(first.announcement()).isEqualTo(ID);
        assertThat(first.title()).isEqualTo("t06");
        assertThat(first.begin()).isEqualTo(Instant.ofEpochMilli(1751596902000L));
        assertThat(first.end()).isEqualTo(Instant.ofEpochMilli(1751597011000L));
        assertThat(first.categories()).containsExactly("linear", "inverse", "spot");
        assertThat(EventWriter.text(first)).contains("\"services\":[\"trading-http\",\"trading-websocket\"");
        assertThat(feed.feed.figures()).containsEntry("unreadable_rows", 1L);
    }

    @ParameterizedTest
    @CsvSource({
        "\"1751596902\", \"1751597011000\", false, true", // seconds
        "\"1751596902000\", \"1751597011\", true, false",
        "\"1751597011000\", \"1751596902000\", false, false", // reversed
        "\"1230767999999\", \"1751597011000\", false, true", // before 2009
        "\"4102444800000\", \"\", false, false", // too far ahead
        "\"soon\", {}, false, false",
        "\"1751596902000000\", \"1751597011000000\", false, false", // microseconds
        "\"0\", null, false, false",
        "1751596902000, 1751597011000, true, true"
    })
    void timesThatCannotBeRightAreLeftOut(String begin, String end, boolean begins, boolean ends) {
        announce(row(ID, "ongoing", 1)
                .replace("\"begin\":\"1751596902000\"", "\"begin\":" + begin)
                .replace("\"end\":\"1751597011000\"", "\"end\":" + end));

        assertThat(maintenances()).singleElement().satisfies(one -> {
            assertThat(one.begin() != null).isEqualTo(begins);
            assertThat(one.end() != null).isEqualTo(ends);
        });
    }

    @Test
    void anUnusableOptionalFieldIsLeftOut() {
        announce(row(ID, "ongoing", 1).replace("\"t06\"", "{}").replace("[1,2]", "[1,\"x\"]"));

        assertThat(maintenances()).singleElement().satisfies(one -> {
            assertThat(one.title()).isNull();
            assertThat(one.categories()).containsExactly("linear", "inverse");
        });
        assertThat(feed.feed.figures()).containsEntry("unreadable_rows_form", 2L);
    }

    @Test
    void announcementsFromBeforeTheConnectionAreFetched() {
        list(row(ID, "scheduled", 1), row("past", "completed", 1));
        announce(row(ID, "scheduled", 1));

        assertThat(maintenances()).singleElement().satisfies(one -> assertThat(one.announcement())
                .isEqualTo(ID));
    }

    @Test
    void itsLossIsReportedAsMissedAnnouncementsAndTheMarketStaysConnected() {
        feed.feed.closed(announcements, "reset by the other side", 0);
        feed.outbox.flush();

        assertThat(feed.lines.statuses(ConnectionDown.STATUS)).isEmpty();
        assertThat(feed.lines.statuses(Degraded.STATUS)).singleElement().satisfies(status -> assertThat(status.reason())
                .isEqualTo("announcements of maintenance are not received: reset by the other side"));
        assertThat(feed.feed.figures()).containsEntry("connected", true);
    }
}
