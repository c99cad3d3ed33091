package dev.livefeed.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.status.Degraded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionBudgetTest {

    private final ManualTime time = new ManualTime();
    private final ConnectionBudget dialer = new ConnectionBudget(time, 4);

    @Test
    void oneAttemptAtATimeInTheOrderOfAsking() {
        assertThat(dialer.mayOpen("a")).isTrue();
        assertThat(dialer.mayOpen("b")).isFalse();
        assertThat(dialer.mayOpen("c")).isFalse();

        dialer.done("a");
        assertThat(dialer.mayOpen("c")).as("b asked before").isFalse();
        assertThat(dialer.mayOpen("b")).isTrue();
        dialer.done("b");
        dialer.done("c");
        assertThat(dialer.mayOpen("d")).as("c has given up").isTrue();
    }

    @Test
    void whoAsksNoMoreIsForgottenAfterASecond() {
        dialer.mayOpen("a");
        dialer.mayOpen("b");
        dialer.done("a");
        time.advance(Duration.ofMillis(500));
        assertThat(dialer.mayOpen("c")).as("b may still ask").isFalse();
        time.advance(Duration.ofMillis(501));
        assertThat(dialer.mayOpen("c")).as("b has not asked again").isTrue();
    }

    @Test
    void anAttemptThatHangsKeepsTheOthersForTwoSeconds() {
        dialer.mayOpen("a");
        time.advance(Duration.ofSeconds(2));
        assertThat(dialer.mayOpen("b")).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(dialer.mayOpen("b")).isTrue();
        dialer.done("a");
        assertThat(dialer.mayOpen("c")).as("b is opening, whatever became of a").isFalse();
    }

    @Test
    void noMoreThanTheAllowedNumberInFiveMinutes() {
        for (int i = 0; i < 4; i++) {
            assertThat(dialer.mayOpen("a")).isTrue();
            dialer.done("a");
            time.advance(Duration.ofMinutes(1));
        }
        assertThat(dialer.recentAttempts()).isEqualTo(4);
        assertThat(dialer.usedUpNanos()).isEqualTo(Duration.ofMinutes(1).toNanos());
        assertThat(dialer.mayOpen("b")).isFalse();

        time.advance(Duration.ofMinutes(1));
        assertThat(dialer.mayOpen("b")).isTrue();
        dialer.done("b");
        assertThat(dialer.mayOpen("b")).isFalse();
        assertThat(dialer.recentAttempts()).isEqualTo(4);
    }

    @Test
    void aRefusalOfTheWholeHostHoldsEverybody() {
        dialer.hold(Duration.ofSeconds(10).toNanos());
        dialer.hold(Duration.ofSeconds(5).toNanos());
        assertThat(dialer.mayOpen("a")).isFalse();
        time.advance(Duration.ofSeconds(9));
        assertThat(dialer.mayOpen("a")).isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(dialer.mayOpen("a")).isTrue();
    }

    @Test
    void aVenueThatDropsEveryConnectionIsNotFloodedAndTheWaitIsSaid(@TempDir Path folder) throws Exception {
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
        assertThat(feed.lines.statuses(Degraded.STATUS)).singleElement().satisfies(said -> {
            assertThat(said.reason()).isEqualTo("the venue allows 500 new connections in 5 minutes, and 10 are made");
            assertThat((Integer) said.details().get("retry_in_ms")).isBetween(150_000, 300_000);
        });
        assertThat(feed.feed.figures()).containsEntry("connects_in_5_minutes", 10);
        feed.pass(Duration.ofMinutes(5));
        assertThat(feed.network.links).hasSizeGreaterThan(10);
    }

    @Test
    void a403HoldsTheConnectionsOfEveryCategory() {
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
