package dev.livefeed.exchange.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

/** Many slow clients together. */
class BacklogTest {

    private static final long KIB = 1024;

    private final Backlog backlog = new Backlog(200 * KIB);

    @Test
    void theOneThatPassesTheCommonLimitHasToGo() {
        Backlog.Share first = backlog.share(new EmbeddedChannel());
        Backlog.Share second = backlog.share(new EmbeddedChannel());

        assertThat(first.isTooMuch(150 * KIB)).isFalse();
        assertThat(second.isTooMuch(100 * KIB)).isTrue();
    }

    @Test
    void aClientThatReadsIsLeftAlone() {
        Backlog.Share slow = backlog.share(new EmbeddedChannel());
        Backlog.Share quick = backlog.share(new EmbeddedChannel());

        assertThat(slow.isTooMuch(300 * KIB)).isTrue();
        assertThat(quick.isTooMuch(10 * KIB)).isFalse();
    }

    @Test
    void theShareOfAClosedClientIsFree() {
        EmbeddedChannel channel = new EmbeddedChannel();
        Backlog.Share gone = backlog.share(channel);
        assertThat(gone.isTooMuch(190 * KIB)).isFalse();

        channel.close();

        assertThat(backlog.share(new EmbeddedChannel()).isTooMuch(190 * KIB)).isFalse();
    }
}
