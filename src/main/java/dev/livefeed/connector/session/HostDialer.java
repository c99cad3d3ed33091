package dev.livefeed.connector.session;

import dev.livefeed.connector.session.access.ProxyAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Connects to a host by trying its addresses, or those of the proxy, one after the other.
 *
 * <p>IPv4 and IPv6 addresses alternate. The next address is tried when one fails, or after {@value #SPACING_MILLIS} ms
 * without an answer; then the first that accepts is used, and the others are given up before anything is sent. An
 * address that did not respond, or was {@link Dial#avoid avoided}, is tried last from then on. Runs on the event loop.
 */
final class HostDialer {

    /** Longer than a round trip around the world, so that hosts far away do not see two connections. */
    static final int SPACING_MILLIS = 1_000;

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final NameResolver names;
    private final AvoidedAddresses avoided = new AvoidedAddresses();
    private boolean ended;

    /** Receives the result of {@link #dial}. */
    interface Caller {

        /**
         * Sets up the pipeline of a channel before it connects to one of the addresses.
         *
         * @param proxyAddress address of the proxy that is connected to, or null
         */
        void prepare(Channel channel, InetSocketAddress proxyAddress) throws SSLException;

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
     * @param proxy resolves the host's name and connects to it, or null
     * @param timeout for all addresses together, after the name has been resolved
     */
    Dial dial(URI uri, ProxyAddress proxy, Duration timeout, Caller caller) {
        InetSocketAddress host = InetSocketAddress.createUnresolved(uri.getHost(), NettyNetwork.port(uri));
        Dial dial = new Dial(host, proxy, timeout, caller);
        loop.execute(dial::resolve);
        return dial;
    }

    /** Cancels all attempts; no caller is notified. */
    void end() {
        ended = true;
    }

    /** A connection attempt to one host, and the resulting connection. */
    final class Dial {

        private final InetSocketAddress host;
        private final ProxyAddress proxy;
        private final Duration timeout;
        private final Caller caller;
        private final Deque<InetSocketAddress> remaining = new ArrayDeque<>();
        /** Attempts without a result, in the order of their start. */
        private final Map<Channel, InetSocketAddress> connecting = new LinkedHashMap<>();

        private final List<String> failures = new ArrayList<>();
        private Channel channel;
        private InetSocketAddress address;
        private Throwable prepareFailure;
        private ScheduledFuture<?> spacing;
        private long deadline;
        private boolean closed;

        private Dial(InetSocketAddress host, ProxyAddress proxy, Duration timeout, Caller caller) {
            this.host = host;
            this.proxy = proxy;
            this.timeout = timeout;
            this.caller = caller;
        }

        /** The channel of the connection; null before an address has accepted. */
        Channel channel() {
            return channel;
        }

        /** Tries the current address last from now on: it accepted the connection, but the handshake failed. */
        void avoid() {
            avoid(address);
        }

        private void avoid(InetSocketAddress unusable) {
            avoided.add(unusable);
        }

        /** Tries no further address; the caller is no longer notified. */
        void close() {
            closed = true;
            loop.execute(this::giveUp);
        }

        private boolean cancelled() {
            return closed || ended;
        }

        private void resolve() {
            if (cancelled()) {
                return;
            }
            InetSocketAddress first =
                    proxy == null ? host : InetSocketAddress.createUnresolved(proxy.host(), proxy.port());
            names.getResolver(loop).resolveAll(first).addListener((Future<List<InetSocketAddress>> found) -> {
                if (found.isSuccess()) {
                    start(found.getNow());
                } else if (!cancelled()) {
                    fail(WebSocketHandler.describe(found.cause()));
                }
            });
        }

        private void start(List<InetSocketAddress> addresses) {
            List<InetSocketAddress> ordered = alternating(addresses);
            ordered.stream().filter(one -> !avoided.contains(one)).forEach(remaining::add);
            ordered.stream().filter(avoided::contains).forEach(remaining::add);
            deadline = System.nanoTime() + timeout.toNanos();
            next();
        }

        private void next() {
            if (spacing != null) {
                spacing.cancel(false);
            }
            if (cancelled() || channel != null) {
                return;
            }
            InetSocketAddress next = remaining.poll();
            if (next == null) {
                if (connecting.isEmpty()) {
                    fail(String.join("; ", failures));
                }
                return;
            }
            if (!remaining.isEmpty()) {
                spacing = loop.schedule(this::next, SPACING_MILLIS, TimeUnit.MILLISECONDS);
            }
            long millis = Math.max(1, (deadline - System.nanoTime()) / 1_000_000L);
            bootstrap
                    .clone()
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) millis)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel created) {
                            prepare(created, next);
                        }
                    })
                    .connect(proxy == null ? next : destination())
                    .addListener((ChannelFuture connected) -> completed(connected, next));
        }

        /** A literal address as such, since proxies take it for a name otherwise. */
        private InetSocketAddress destination() {
            byte[] literal = NetUtil.createByteArrayFromIpAddressString(host.getHostString());
            try {
                return literal == null
                        ? host
                        : new InetSocketAddress(InetAddress.getByAddress(literal), host.getPort());
            } catch (UnknownHostException e) {
                return host;
            }
        }

        private void prepare(Channel created, InetSocketAddress next) {
            connecting.put(created, next);
            try {
                caller.prepare(created, proxy == null ? null : next);
            } catch (SSLException e) {
                prepareFailure = e;
                created.close();
            }
        }

        private void completed(ChannelFuture connected, InetSocketAddress tried) {
            List<InetSocketAddress> before = connecting.values().stream()
                    .takeWhile(one -> !one.equals(tried))
                    .toList();
            connecting.remove(connected.channel());
            if (cancelled() || channel != null) {
                WebSocketHandler.closeSilently(connected.channel());
            } else if (connected.isSuccess()) {
                channel = connected.channel();
                address = tried;
                avoided.remove(tried);
                before.forEach(this::avoid);
                giveUp();
                caller.connected(channel);
            } else {
                avoid(tried);
                failures.add(WebSocketHandler.describe(prepareFailure == null ? connected.cause() : prepareFailure));
                next();
            }
        }

        /** Closes the channels that are still connecting. */
        private void giveUp() {
            if (spacing != null) {
                spacing.cancel(false);
            }
            List.copyOf(connecting.keySet()).forEach(WebSocketHandler::closeSilently);
        }

        private void fail(String reason) {
            caller.failed(proxy == null ? reason : "the " + proxy + " cannot be reached: " + reason);
        }
    }

    /** The addresses in their order, but IPv4 and IPv6 in turn, so that one dead family costs one attempt at a time. */
    private static List<InetSocketAddress> alternating(List<InetSocketAddress> addresses) {
        Deque<InetSocketAddress> first = new ArrayDeque<>();
        Deque<InetSocketAddress> second = new ArrayDeque<>();
        for (InetSocketAddress address : addresses) {
            (six(address) == six(addresses.get(0)) ? first : second).add(address);
        }
        List<InetSocketAddress> ordered = new ArrayList<>();
        while (!first.isEmpty() || !second.isEmpty()) {
            if (!first.isEmpty()) {
                ordered.add(first.poll());
            }
            if (!second.isEmpty()) {
                ordered.add(second.poll());
            }
        }
        return ordered;
    }

    private static boolean six(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }
}
