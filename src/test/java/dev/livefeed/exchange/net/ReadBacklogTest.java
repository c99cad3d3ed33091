package dev.livefeed.exchange.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

/** The limit on the unsent bytes of all clients. */
class ReadBacklogTest {

    private static final long KIB = 1024;

    private final ReadBacklog backlog = new ReadBacklog(200 * KIB);

    @Test
    void clientThatExceedsTheTotalLimitIsClosed() {
        ReadBacklog.Share first = backlog.share(new EmbeddedChannel());
        ReadBacklog.Share second = backlog.share(new EmbeddedChannel());

        assertThat(first.exceedsLimit(150 * KIB)).isFalse();
        assertThat(second.exceedsLimit(100 * KIB)).isTrue();
    }

    @Test
    void clientThatReadsIsNotClosed() {
        ReadBacklog.Share slow = backlog.share(new EmbeddedChannel());
        ReadBacklog.Share fast = backlog.share(new EmbeddedChannel());

        assertThat(slow.exceedsLimit(300 * KIB)).isTrue();
        assertThat(fast.exceedsLimit(10 * KIB)).isFalse();
    }

    @Test
    void closedClientReleasesItsShare() {
        EmbeddedChannel channel = new EmbeddedChannel();
        ReadBacklog.Share gone = backlog.share(channel);
        assertThat(gone.exceedsLimit(190 * KIB)).isFalse();

        channel.close();

        assertThat(backlog.share(new EmbeddedChannel()).exceedsLimit(190 * KIB)).isFalse();
    }
}
