package dev.livefeed.exchange.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

/** Many slow clients together. */
class ReadBacklogTest {

    private static final long KIB = 1024;

    private final ReadBacklog backlog = new ReadBacklog(200 * KIB);

    @Test
    void theOneThatPassesTheCommonLimitHasToGo() {
        ReadBacklog.Share first = backlog.share(new EmbeddedChannel());
        ReadBacklog.Share second = backlog.share(new EmbeddedChannel());

        assertThat(first.isTooMuch(150 * KIB)).isFalse();
        assertThat(second.isTooMuch(100 * KIB)).isTrue();
    }

    @Test
    void aClientThatReadsIsLeftAlone() {
        ReadBacklog.Share slow = backlog.share(new EmbeddedChannel());
        ReadBacklog.Share quick = backlog.share(new EmbeddedChannel());

        assertThat(slow.isTooMuch(300 * KIB)).isTrue();
        assertThat(quick.isTooMuch(10 * KIB)).isFalse();
    }

    @Test
    void theShareOfAClosedClientIsFree() {
        EmbeddedChannel channel = new EmbeddedChannel();
        ReadBacklog.Share gone = backlog.share(channel);
        assertThat(gone.isTooMuch(190 * KIB)).isFalse();

        channel.close();

        assertThat(backlog.share(new EmbeddedChannel()).isTooMuch(190 * KIB)).isFalse();
    }
}
