package dev.livefeed.connector.session;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * Connects to a host: to each of its addresses in turn, until one answers.
 *
 * <p>The time for all of them is shared: one that does not answer leaves enough for the others. An address that did not
 * answer, or was {@link Dial#avoid avoided}, is tried last from then on. On the loop.
 */
final class HostDialer {

    private static final int REMEMBERED = 64;

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final NameResolver names;
    private final Set<InetSocketAddress> silent = new HashSet<>();
    private boolean ended;

    /** Who wants a connection. */
    interface Caller {

        /** A channel is about to connect to one of the addresses. */
        void prepare(Channel channel) throws SSLException;

        void connected(Channel channel);

        /** No address answers; never told before {@link #dial} returns. */
        void failed(String reason);
    }

    /**
     * @param bootstrap with everything but its handler and its time limit
     */
    HostDialer(EventLoop loop, Bootstrap bootstrap, NameResolver names) {
        this.loop = loop;
        this.bootstrap = bootstrap;
        this.names = names;
    }

    /**
     * Connects to the URI's host and port.
     *
     * @param limit for all of its addresses together, once its name is found out
     */
    Dial dial(URI uri, Duration limit, Caller caller) {
        Dial dial = new Dial(limit, caller);
        InetSocketAddress host = InetSocketAddress.createUnresolved(uri.getHost(), NettyNetwork.port(uri));
        loop.execute(() -> dial.resolve(host));
        return dial;
    }

    /** Nobody is told anything any more. */
    void end() {
        ended = true;
    }

    /** A connection that is being made, or was. */
    final class Dial {

        private final Duration limit;
        private final Caller caller;
        private final Deque<InetSocketAddress> left = new ArrayDeque<>();
        private final List<String> faults = new ArrayList<>();
        private Channel channel;
        private InetSocketAddress address;
        private Throwable unprepared;
        private long until;
        private boolean closed;

        private Dial(Duration limit, Caller caller) {
            this.limit = limit;
            this.caller = caller;
        }

        /** That of the address that is being tried, and at last of the one that answered; null before the first. */
        Channel channel() {
            return channel;
        }

        /** The address answered and was of no use all the same. */
        void avoid() {
            if (silent.size() < REMEMBERED) {
                silent.add(address);
            }
        }

        /** Tries no other address; the caller hears nothing more. */
        void close() {
            closed = true;
        }

        private boolean over() {
            return closed || ended;
        }

        private void resolve(InetSocketAddress host) {
            if (!over()) {
                names.getResolver(loop).resolveAll(host).addListener((Future<List<InetSocketAddress>> found) -> {
                    if (found.isSuccess()) {
                        begin(found.getNow());
                    } else if (!over()) {
                        caller.failed(WebSocketHandler.describe(found.cause()));
                    }
                });
            }
        }

        private void begin(List<InetSocketAddress> addresses) {
            addresses.stream().filter(address -> !silent.contains(address)).forEach(left::add);
            addresses.stream().filter(silent::contains).forEach(left::add);
            until = System.nanoTime() + limit.toNanos();
            next();
        }

        private void next() {
            if (over()) {
                return;
            }
            address = left.poll();
            if (address == null) {
                caller.failed(String.join("; ", faults));
                return;
            }
            long millis = Math.max(1, (until - System.nanoTime()) / 1_000_000L / (left.size() + 1));
            bootstrap
                    .clone()
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) millis)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel made) {
                            prepare(made);
                        }
                    })
                    .connect(address)
                    .addListener((ChannelFuture connected) -> tried(connected));
        }

        private void prepare(Channel made) {
            channel = made;
            try {
                caller.prepare(made);
            } catch (SSLException e) {
                unprepared = e;
                made.close();
            }
        }

        private void tried(ChannelFuture connected) {
            if (connected.isSuccess()) {
                silent.remove(address);
                caller.connected(connected.channel());
            } else if (!over()) {
                avoid();
                faults.add(WebSocketHandler.describe(unprepared == null ? connected.cause() : unprepared));
                next();
            }
        }
    }
}
