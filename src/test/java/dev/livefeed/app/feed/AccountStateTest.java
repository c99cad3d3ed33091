package dev.livefeed.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.process.Events;
import dev.livefeed.app.process.ManualClock;
import dev.livefeed.protocol.status.Statuses;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The account's state follows the connector's statuses about the account and ignores all others. */
class AccountStateTest {

    private Instant now = Instant.parse("2026-11-25T00:00:00Z");
    private final AccountState account = new AccountState(() -> now);

    private void say(String status, String channel, String reason, Map<String, Object> details) {
        account.status(Statuses.of(status, "bybit", null, channel, null, reason, details));
    }

    @Test
    void nothingIsKnownAtFirst() {
        account.ended();

        assertThat(account.view()).isEqualTo(new AccountState.View(AccountState.State.NONE, null, null, null, null));
    }

    @Test
    void itFollowsTheStatuses() {
        say("authenticating", "account", null, Map.of());
        assertThat(account.view().state()).isEqualTo(AccountState.State.AUTHENTICATING);
        say("authenticated", "account", null, Map.of());
        Instant since = now;
        now = now.plusSeconds(5);
        say("authenticated", "account", null, Map.of());
        assertThat(account.view())
                .isEqualTo(new AccountState.View(AccountState.State.AUTHENTICATED, null, null, null, since));

        say("private_disconnected", "account", "reset", Map.of());
        assertThat(account.view())
                .isEqualTo(new AccountState.View(AccountState.State.DISCONNECTED, null, "reset", null, now));
        say("degraded", "account", "no such key", Map.of("code", "10003", "advice", "check it"));
        assertThat(account.view())
                .isEqualTo(new AccountState.View(AccountState.State.DEGRADED, "10003", "no such key", "check it", now));
    }

    @Test
    void aBookThatIsDegradedOrATradeGapIsNoneOfItsBusiness() {
        say("degraded", "depth", "no snapshot", Map.of());
        say("gap", "trades", "lost", Map.of());
        say("connected", null, null, Map.of());
        assertThat(account.view().state()).isEqualTo(AccountState.State.NONE);
        assertThat(account.gaps()).isZero();

        say("gap", "account", "lost", Map.of());
        assertThat(account.gaps()).isEqualTo(1);
    }

    @Test
    void theEndOfTheProcessIsTheEndOfItsStream() {
        say("authenticated", "account", null, Map.of());

        account.ended();
        assertThat(account.view().state()).isEqualTo(AccountState.State.DISCONNECTED);
        account.started();
        assertThat(account.view().state()).isEqualTo(AccountState.State.NONE);
    }

    @Test
    void theFeedIsUpWhateverTheAccountSays() {
        FeedState feed = new FeedState(new ManualClock());
        feed.started(() -> true);
        feed.line();
        feed.event(Events.trade("BTCUSDT", "1"));
        feed.event(Statuses.of("degraded", "bybit", null, "account", null, "no", Map.of("code", "10003")));
        feed.event(Statuses.of("private_disconnected", "bybit", null, "account", null, "no", Map.of()));

        assertThat(feed.snapshot().connected()).isTrue();
        assertThat(feed.snapshot().losses().disconnects()).isZero();
        assertThat(feed.account().view().state()).isEqualTo(AccountState.State.DISCONNECTED);
    }
}
