package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Synced;
import dev.livefeed.protocol.status.Unsubscribed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A stream that is unsubscribed and wanted again at once: each command is answered, and the stream starts from the
 * beginning.
 */
class ResubscribeTest {

    private static final Command LEAVE = new Command(Kind.UNSUBSCRIBE, "depth", "BTCUSDT", null, "c-2");
    private static final Command AGAIN = new Command(Kind.SUBSCRIBE, "depth", "BTCUSDT", null, "c-3");

    @Test
    void aRunningTopicIsLeftAllTheSameSoThatItBeginsWithASnapshot() {
        FeedHarness harness = FeedHarness.synced();

        harness.command(LEAVE, AGAIN);
        assertThat(harness.network.sent()).singleElement().asString().contains("\"unsubscribe\"");
    }

    @Test
    void bothCommandsAreAnsweredInTheirOrder() {
        FeedHarness harness = FeedHarness.synced();

        harness.command(LEAVE, AGAIN);
        harness.accept();
        harness.accept();
        harness.snapshot(300);

        assertThat(harness.lines.statuses())
                .extracting(Status::status)
                .containsExactly(Unsubscribed.STATUS, Subscribed.STATUS, Synced.STATUS);
        assertThat(harness.lines.statuses()).extracting(Status::id).startsWith("c-2", "c-3");
        assertThat(harness.lines.depths()).singleElement().satisfies(depth -> assertThat(depth.snapshot())
                .isTrue());
    }

    @Test
    void aTopicThatIsBeingLeftIsAskedForAgain() {
        FeedHarness harness = FeedHarness.synced();

        harness.command(LEAVE);
        harness.command(AGAIN);
        harness.accept();
        harness.accept();

        assertThat(harness.lines.statuses()).extracting(Status::id).containsExactly("c-2", "c-3");
    }

    @Test
    void aTopicThatIsBeingAskedForAnswersAllThreeCommands() {
        FeedHarness harness = FeedHarness.open();

        harness.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-1");
        harness.command(LEAVE, AGAIN);
        harness.accept();

        assertThat(harness.lines.failures()).extracting(Failure::id).containsExactly("c-1");
        assertThat(harness.lines.statuses()).extracting(Status::id).containsExactly("c-2", "c-3");
    }

    @Test
    void anUnsubscribeThatIsNotAnsweredIsSentAgain() {
        FeedHarness harness = FeedHarness.synced();
        harness.command(LEAVE);
        harness.network.sent();

        harness.answerPings(Duration.ofSeconds(6));

        assertThat(harness.network.sent()).singleElement().asString().contains("\"unsubscribe\"");
        assertThat(harness.lines.statuses(Unsubscribed.STATUS)).isEmpty();
    }

    @Test
    void aSubscribeThatIsNotAnsweredIsTakenBackBeforeItIsSentAgain() {
        FeedHarness harness = FeedHarness.open();
        harness.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-1");
        harness.network.sent();

        harness.answerPings(Duration.ofSeconds(6));
        assertThat(harness.accept()).singleElement().asString().contains("\"unsubscribe\"");
        assertThat(harness.accept()).singleElement().asString().contains("\"subscribe\"");
        assertThat(harness.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-1");
    }

    @Test
    void aConnectionThatEndsMeanwhileLeavesNoCommandUnanswered() {
        FeedHarness harness = FeedHarness.synced();

        harness.command(LEAVE, AGAIN);
        harness.disconnect();

        assertThat(harness.lines.statuses(Unsubscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-2");
        harness.pass(Duration.ofSeconds(1));
        harness.connect();
        harness.accept();
        assertThat(harness.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-3");
    }
}
