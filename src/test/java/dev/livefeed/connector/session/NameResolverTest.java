package dev.livefeed.connector.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NameResolverTest {

    private static final Duration LIMIT = Duration.ofMillis(300);

    private final ScheduledExecutorService loop = NettyNetwork.newLoop("test");
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void end() {
        never.countDown();
        loop.shutdownNow();
    }

    @Test
    void blockedLookupTimesOutAndDoesNotBlockTheLoop() throws Exception {
        try (NameResolver resolver = new NameResolver(this::hang, LIMIT)) {
            Future<InetSocketAddress> pending = resolve(resolver, "stream.example");

            assertThat(loop.submit(() -> "free").get(5, TimeUnit.SECONDS)).isEqualTo("free");
            assertThatThrownBy(() -> pending.get(5, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(UnknownHostException.class)
                    .hasRootCauseMessage("stream.example: not resolved within 300 ms");
        }
    }

    @Test
    void excessLookupsAreRejected() throws Exception {
        try (NameResolver resolver = new NameResolver(this::hang, Duration.ofMinutes(1))) {
            List<Future<InetSocketAddress>> lookups = new ArrayList<>();
            for (int i = 0; i < 66; i++) {
                lookups.add(resolve(resolver, "stream" + i + ".example"));
            }

            assertThatThrownBy(() -> resolve(resolver, "one.more.example").get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("one.more.example: too many lookups are pending");
            assertThat(lookups).noneMatch(Future::isDone);
        }
    }

    @Test
    void knownNamesAreResolvedAndUnknownNamesFail() throws Exception {
        InetAddress found = InetAddress.getByAddress("stream.example", new byte[] {10, 0, 0, 1});
        NameResolver.Lookup lookup = name -> {
            if (name.equals("stream.example")) {
                return List.of(found);
            }
            throw new UnknownHostException(name);
        };
        try (NameResolver resolver = new NameResolver(lookup, LIMIT)) {
            assertThat(resolve(resolver, "stream.example").get(5, TimeUnit.SECONDS))
                    .isEqualTo(new InetSocketAddress(found, 443));
            assertThatThrownBy(() -> resolve(resolver, "strem.example").get(5, TimeUnit.SECONDS))
                    .hasRootCauseMessage("strem.example");
        }
    }

    @Test
    void addressNeedsNoLookup() throws Exception {
        NameResolver.Lookup none = name -> {
            throw new AssertionError("looked up " + name);
        };
        try (NameResolver resolver = new NameResolver(none, LIMIT)) {
            assertThat(resolve(resolver, "127.0.0.1").get(5, TimeUnit.SECONDS))
                    .isEqualTo(new InetSocketAddress("127.0.0.1", 443));
            assertThat(resolve(resolver, "::1").get(5, TimeUnit.SECONDS)).isEqualTo(new InetSocketAddress("::1", 443));
        }
    }

    private Future<InetSocketAddress> resolve(NameResolver resolver, String host) throws Exception {
        return loop.submit(() ->
                        resolver.getResolver((EventLoop) loop).resolve(InetSocketAddress.createUnresolved(host, 443)))
                .get(5, TimeUnit.SECONDS);
    }

    private List<InetAddress> hang(String name) throws UnknownHostException {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new UnknownHostException(name);
    }
}
