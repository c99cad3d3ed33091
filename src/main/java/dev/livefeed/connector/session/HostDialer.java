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
 * Connects to a host by trying its addresses in turn.
 *
 * <p>The addresses share one timeout, of which each gets an equal part. An address that did not respond, or was {@link
 * Dial#avoid avoided}, is completed last from then on. Runs on the event loop.
 */
final class HostDialer {

    private static final int MAX_UNRESPONSIVE = 64;

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final NameResolver names;
    private final Set<InetSocketAddress> unresponsive = new HashSet<>();
    private boolean ended;

    /** Receives the result of {@link #dial}. */
    interface Caller {

        /** Sets up the pipeline of a channel before it connects to one of the addresses. */
        void prepare(Channel channel) throws SSLException;

        void connected(Channel channel);

        /** No address accepted the connection. Never called before {@link #dial} returns. */
        void failed(String reason);
    }

    /**
     * @param bootstrap complete except for its handler and its connect timeout
     */
    HostDialer(EventLoop loop, Bootstrap bootstrap, NameResolver names) {
        this.loop = loop;
        this.bootstrap = bootstrap;
        this.names = names;
    }

    /**
     * Connects to the URI's host and port.
     *
     * @param timeout for all addresses together, after the name has been resolved
     */
    Dial dial(URI uri, Duration timeout, Caller caller) {
        Dial dial = new Dial(timeout, caller);
        InetSocketAddress host = InetSocketAddress.createUnresolved(uri.getHost(), NettyNetwork.port(uri));
        loop.execute(() -> dial.resolve(host));
        return dial;
    }

    /** Cancels all attempts; no caller is notified. */
    void end() {
        ended = true;
    }

    /** A connection attempt to one host, and the resulting connection. */
    final class Dial {

        private final Duration timeout;
        private final Caller caller;
        private final Deque<InetSocketAddress> remaining = new ArrayDeque<>();
        private final List<String> failures = new ArrayList<>();
        private Channel channel;
        private InetSocketAddress address;
        private Throwable prepareFailure;
        private long deadline;
        private boolean closed;

        private Dial(Duration timeout, Caller caller) {
            this.timeout = timeout;
            this.caller = caller;
        }

        /** The channel of the current address, or of the connection; null before the first address is completed. */
        Channel channel() {
            return channel;
        }

        /** Tries the current address last from now on: it accepted the connection, but the handshake failed. */
        void avoid() {
            if (unresponsive.size() < MAX_UNRESPONSIVE) {
                unresponsive.add(address);
            }
        }

        /** Tries no further address; the caller is no longer notified. */
        void close() {
            closed = true;
        }

        private boolean cancelled() {
            return closed || ended;
        }

        private void resolve(InetSocketAddress host) {
            if (!cancelled()) {
                names.getResolver(loop).resolveAll(host).addListener((Future<List<InetSocketAddress>> found) -> {
                    if (found.isSuccess()) {
                        start(found.getNow());
                    } else if (!cancelled()) {
                        caller.failed(WebSocketHandler.describe(found.cause()));
                    }
                });
            }
        }

        private void start(List<InetSocketAddress> addresses) {
            addresses.stream()
                    .filter(address -> !unresponsive.contains(address))
                    .forEach(remaining::add);
            addresses.stream().filter(unresponsive::contains).forEach(remaining::add);
            deadline = System.nanoTime() + timeout.toNanos();
            next();
        }

        private void next() {
            if (cancelled()) {
                return;
            }
            address = remaining.poll();
            if (address == null) {
                caller.failed(String.join("; ", failures));
                return;
            }
            long millis = Math.max(1, (deadline - System.nanoTime()) / 1_000_000L / (remaining.size() + 1));
            bootstrap
                    .clone()
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) millis)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel created) {
                            prepare(created);
                        }
                    })
                    .connect(address)
                    .addListener((ChannelFuture connected) -> completed(connected));
        }

        private void prepare(Channel created) {
            channel = created;
            try {
                caller.prepare(created);
            } catch (SSLException e) {
                prepareFailure = e;
                created.close();
            }
        }

        private void completed(ChannelFuture connected) {
            if (connected.isSuccess()) {
                unresponsive.remove(address);
                caller.connected(connected.channel());
            } else if (!cancelled()) {
                avoid();
                failures.add(WebSocketHandler.describe(prepareFailure == null ? connected.cause() : prepareFailure));
                next();
            }
        }
    }
}
