package dev.livefeed.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.status.Degraded;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionBudgetTest {

    private static final URI PATH = URI.create("wss://venue/v5/public/linear");

    private final ManualTime time = new ManualTime();
    private final ConnectionBudget budget = new ConnectionBudget(time, 4);

    @Test
    void attemptsRunOneAtATimeInRequestOrder() {
        assertThat(budget.mayOpen("a", PATH)).isTrue();
        assertThat(budget.mayOpen("b", PATH)).isFalse();
        assertThat(budget.mayOpen("c", PATH)).isFalse();

        budget.done("a");
        assertThat(budget.mayOpen("c", PATH)).as("b requested before").isFalse();
        assertThat(budget.mayOpen("b", PATH)).isTrue();
        budget.done("b");
        budget.done("c");
        assertThat(budget.mayOpen("d", PATH)).as("c has given up").isTrue();
    }

    @Test
    void requestExpiresAfterASecond() {
        budget.mayOpen("a", PATH);
        budget.mayOpen("b", PATH);
        budget.done("a");
        time.advance(Duration.ofMillis(500));
        assertThat(budget.mayOpen("c", PATH)).as("the request of b is valid").isFalse();
        time.advance(Duration.ofMillis(501));
        assertThat(budget.mayOpen("c", PATH)).as("the request of b has expired").isTrue();
    }

    @Test
    void pendingAttemptBlocksOthersForTwoSeconds() {
        budget.mayOpen("a", PATH);
        time.advance(Duration.ofSeconds(2));
        assertThat(budget.mayOpen("b", PATH)).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(budget.mayOpen("b", PATH)).isTrue();
        budget.done("a");
        assertThat(budget.mayOpen("c", PATH)).as("b is opening").isFalse();
    }

    @Test
    void attemptsInFiveMinutesAreLimited() {
        for (int i = 0; i < 4; i++) {
            assertThat(budget.mayOpen("a", PATH)).isTrue();
            budget.done("a");
            time.advance(Duration.ofMinutes(1));
        }
        assertThat(budget.recentAttempts()).isEqualTo(4);
        assertThat(budget.usedUpNanos()).isEqualTo(Duration.ofMinutes(1).toNanos());
        assertThat(budget.mayOpen("b", PATH)).isFalse();

        time.advance(Duration.ofMinutes(1));
        assertThat(budget.mayOpen("b", PATH)).isTrue();
        budget.done("b");
        assertThat(budget.mayOpen("b", PATH)).isFalse();
        assertThat(budget.recentAttempts()).isEqualTo(4);
    }

    @Test
    void blockAppliesToAllSessions() {
        budget.block(Duration.ofSeconds(10).toNanos());
        budget.block(Duration.ofSeconds(5).toNanos());
        assertThat(budget.mayOpen("a", PATH)).isFalse();
        time.advance(Duration.ofSeconds(9));
        assertThat(budget.mayOpen("a", PATH)).isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(budget.mayOpen("a", PATH)).isTrue();
    }

    @Test
    void venueThatDropsEveryConnectionIsNotFloodedAndTheWaitIsReported(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("config.json"), "{\"connect_budget\": 10}");
        FeedHarness feed = new FeedHarness("BYBIT_CONNECTOR_CONFIG_FILE", config.toString());
        feed.feed.start();
        int handled = 0;
        for (int i = 0; i < 20 * 280; i++) {
            if (feed.network.links.size() > handled) {
                handled++;
                feed.connect();
                feed.disconnect();
            }
            feed.pass(Duration.ofMillis(50));
        }

        assertThat(feed.network.links).hasSize(10);
        assertThat(feed.lines.statuses(Degraded.STATUS)).singleElement().satisfies(status -> {
            assertThat(status.reason())
                    .isEqualTo("the venue allows 500 new connections in 5 minutes, and 10 have been made");
            assertThat((Integer) status.details().get("retry_in_ms")).isBetween(150_000, 300_000);
        });
        assertThat(feed.feed.figures()).containsEntry("connects_in_5_minutes", 10);
        feed.pass(Duration.ofMinutes(5));
        assertThat(feed.network.links).hasSizeGreaterThan(10);
    }

    @Test
    void status403BlocksConnectionsOfAllCategories() {
        FeedHarness feed = FeedHarness.open();
        feed.command(new Command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "spot", "c-1"));
        feed.command(new Command(Kind.SUBSCRIBE, "trades", "BTCUSD", "inverse", "c-2"));
        assertThat(feed.network.links).as("one attempt at a time").hasSize(2);

        feed.feed.closed(feed.network.lastLink(), "refused", 403);
        feed.pass(Duration.ofMillis(7_900));
        assertThat(feed.network.links).hasSize(2);
        feed.pass(Duration.ofMillis(4_200));

        assertThat(feed.network.links).hasSize(3);
        assertThat(feed.network.opened.get(2).getPath()).isEqualTo("/v5/public/inverse");
    }
}
